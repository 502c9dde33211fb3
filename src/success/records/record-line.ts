import { z } from 'zod'
import type { Shape } from '../../codes/trial.js'
import { InputError } from '../../io/input-error.js'
import type { Method, Violation, ViolationKind } from '../trials/sampler.js'

/** What trial values are filed under: they depend on this and the trial's number alone. */
export interface Series extends Shape {
  readonly decoder: string
  /** Of a decoder in a file, see Sampler. */
  readonly revision?: string | undefined
  readonly method: Method
  readonly seed: string
}

/** A complaint about the trial of this number. */
export interface TrialViolation extends Violation {
  readonly trial: number
}

/** Values of trials `from`, `from` + 1, … of one series: one line of a record. */
export interface Entry extends Series {
  readonly from: number
  readonly values: readonly number[]
  readonly faults: readonly TrialViolation[]
}

const count = z.int().min(0)
const kinds: Record<ViolationKind, 0> = {
  hang: 0,
  throw: 0,
  crash: 0,
  'not-a-list': 0,
  'wrong-size': 0,
  'not-an-integer': 0,
  'out-of-range': 0,
  duplicate: 0,
  'changed-input': 0,
  'two-answers': 0,
}
const faultKind = z.enum(Object.keys(kinds) as ViolationKind[])

const lineSchema = z.strictObject({
  decoder: z.string(),
  revision: z.string().optional(),
  method: z.enum(['simulation', 'conditional']),
  N: z.number().min(1),
  k: count,
  d: count.min(1),
  seed: z.string(),
  from: count,
  trials: count.min(1),
  bits: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .optional(),
  values: z.array(z.number().min(0).max(1)).optional(),
  faults: z.array(z.strictObject({ trial: count, kind: faultKind, message: z.string() })).default([]),
})

/** One line of JSON, without the line's end. Values that are all 0 or 1 go as hexadecimal digits, four trials a digit. */
export function formatEntry(entry: Entry): string {
  const { decoder, revision, method, N, k, d, seed, from, values, faults } = entry
  const binary = values.every((value) => value === 0 || value === 1)
  return JSON.stringify({
    decoder,
    revision,
    method,
    N,
    k,
    d,
    seed,
    from,
    trials: values.length,
    ...(binary ? { bits: toHex(values) } : { values }),
    ...(faults.length > 0 && {
      faults: faults.map(({ trial, kind, message }) => ({ trial, kind, message })),
    }),
  })
}

/** The entry on a line. Throws InputError that says what is wrong with it. */
export function parseEntry(line: string): Entry {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    throw new InputError('not JSON')
  }
  const parsed = lineSchema.safeParse(json)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    throw new InputError(path.length > 0 ? `${path.join('.')}: ${message}` : message)
  }
  const { trials, bits, values: numbers, ...series } = parsed.data
  const values = bits === undefined ? numbers : fromHex(bits, trials)
  if (values?.length !== trials) throw new InputError(`not the values of ${trials} trials`)
  return { ...series, values }
}

/** Values 0 and 1 as hexadecimal digits, four trials a digit, the first in the highest bit. */
export function toHex(values: readonly number[]): string {
  let hex = ''
  for (let t = 0; t < values.length; t += 4) {
    let digit = 0
    for (let i = 0; i < 4; i++) digit = 2 * digit + (values[t + i] ?? 0)
    hex += digit.toString(16)
  }
  return hex
}

/** The values of so many trials; undefined when the digits are not as many as they need. */
export function fromHex(hex: string, trials: number): number[] | undefined {
  if (hex.length !== Math.ceil(trials / 4)) return undefined
  return Array.from({ length: trials }, (_, t) => (Number.parseInt(hex[t >> 2], 16) >> (3 - (t % 4))) & 1)
}
