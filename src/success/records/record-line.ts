import { z } from 'zod'
import type { Shape } from '../../codes/trial.js'
import { count, fits, method, mustFit, oneOf, positiveCount, size } from '../../io/fields.js'
import { InputError } from '../../io/input-error.js'
import { issueText } from '../../io/issue-text.js'
import type { RECOVERY_FIELDS } from '../trials/recovery.js'
import type { Method, Violation, ViolationKind } from '../trials/sampler.js'

export type RecoveryField = (typeof RECOVERY_FIELDS)[number]

/** What trial values are filed under: they depend on this and the trial's number alone. */
export interface Series extends Shape {
  readonly decoder: string
  /** Of a decoder in a file, see Sampler. */
  readonly revision?: string | undefined
  readonly method: Method
  /** The model's id; absent for the paper's. */
  readonly model?: string | undefined
  /** What is counted; absent for success. */
  readonly count?: RecoveryField | undefined
  readonly seed: string
}

/** A complaint about the trial of this number. */
export interface TrialViolation extends Violation {
  readonly trial: number
}

/** Values of trials `from`, `from` + 1, … of one series: one line of a record. */
export interface RecordLine extends Series {
  readonly from: number
  readonly values: readonly number[]
  readonly faults: readonly TrialViolation[]
}

export const violationKind = oneOf<ViolationKind>({
  hang: true,
  throw: true,
  crash: true,
  'not-a-list': true,
  'wrong-size': true,
  'not-an-integer': true,
  'out-of-range': true,
  duplicate: true,
  'changed-input': true,
  'two-answers': true,
  'not-numbers': true,
  refused: true,
})

/** The fields of a series, but for the model and what is counted. */
export const seriesFields = {
  decoder: z.string().min(1),
  revision: z.string().optional(),
  method,
  N: size,
  k: count,
  d: positiveCount,
  seed: z.string(),
}

export const trialFaults = z.array(z.strictObject({ trial: count, kind: violationKind, message: z.string() }))

const lineSchema = z
  .strictObject({
    ...seriesFields,
    model: z.string().min(1).optional(),
    count: oneOf<RecoveryField>({ hits: true, falsePositives: true, active: true }).optional(),
    from: count,
    trials: positiveCount,
    bits: z
      .string()
      .regex(/^[0-9a-f]+$/)
      .optional(),
    values: z.array(z.number().nonnegative()).optional(),
    faults: trialFaults.default([]),
  })
  .refine(fits, mustFit)
  .superRefine(({ count, values = [] }, context) => {
    const at = count === undefined ? values.findIndex((value) => value > 1) : -1
    if (at >= 0)
      context.addIssue({ code: 'custom', path: ['values', at], message: 'expected a number from 0 to 1' })
  })
  .refine(({ from, trials }) => Number.isSafeInteger(from + trials), {
    path: ['from'],
    message: 'expected trial numbers below 2^53',
  })
  .refine(({ from, trials, faults }) => faults.every(({ trial }) => trial >= from && trial < from + trials), {
    path: ['faults'],
    message: 'expected trials of this line',
  })

/**
 * One line of JSON, without the line's end. Values that are all 0 or 1 go as hexadecimal digits, four trials a digit.
 */
export function formatEntry(entry: RecordLine): string {
  const { decoder, revision, method, model, count, N, k, d, seed, from, values, faults } = entry
  const binary = values.every((value) => value === 0 || value === 1)
  return JSON.stringify({
    decoder,
    revision,
    method,
    model,
    count,
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
export function parseEntry(line: string): RecordLine {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    throw new InputError('not JSON')
  }
  const parsed = lineSchema.safeParse(json)
  if (!parsed.success) throw new InputError(issueText(parsed.error, json))
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
