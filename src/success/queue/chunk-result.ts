import { z } from 'zod'
import { positiveCount } from '../../io/fields.js'
import { InputError } from '../../io/input-error.js'
import { checked, parseJson } from '../../io/read-json.js'
import { fromHex, toHex, trialFaults } from '../records/record-line.js'
import { RECOVERY_FIELDS, type RecoveryCounts } from '../trials/recovery.js'
import type { ContractViolation, TrialValues } from '../trials/sampler.js'
import { type ChunkJob, MOST_TRIALS } from './chunk-job.js'

/** Characters of a result as JSON. */
const LARGEST = 2 ** 23

const resultSchema = z.strictObject({
  trials: positiveCount.max(MOST_TRIALS.conditional),
  /** Values 0 and 1, four a hexadecimal digit. */
  bits: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .optional(),
  /** Values in [0, 1] as little-endian doubles in base64. */
  doubles: z.base64().optional(),
  /** What answers recovered, as doubles. */
  counts: z.strictObject({ hits: z.base64(), falsePositives: z.base64(), active: z.base64() }).optional(),
  faults: trialFaults,
  /** Of one core, computing. */
  milliseconds: z.number().min(0).max(1e12),
  /** Of the decoder, as the worker has loaded it. */
  revision: z.string().max(200).optional(),
  /** Who computed it. */
  worker: z.string().max(200),
})

/** What a worker found. */
export interface ChunkResult extends TrialValues {
  readonly faults: readonly ContractViolation[]
  readonly milliseconds: number
  readonly revision?: string | undefined
  readonly worker: string
}

/** A result as text. */
export function formatResult(result: ChunkResult): string {
  const { counts, faults, milliseconds, revision, worker } = result
  const values = Array.from(result.values)
  const binary = values.every((value) => value === 0 || value === 1)
  return JSON.stringify({
    trials: values.length,
    ...(binary ? { bits: toHex(values) } : { doubles: doublesText(values) }),
    ...(counts && { counts: perField((field) => doublesText(Array.from(counts[field]))) }),
    faults: faults.map(({ trial, kind, message }) => ({ trial, kind, message })),
    milliseconds,
    revision,
    worker,
  })
}

/** The result of a job in a text. Throws InputError, in one line, where it is none of that job. */
export function parseResult(text: string, job: ChunkJob): ChunkResult {
  const { series, from, trials } = job
  if (text.length > LARGEST) throw new InputError(`the result is larger than ${LARGEST / 2 ** 20} MiB`)
  const found = checked(resultSchema, parseJson(text, 'the result'), 'the result')
  const { bits, doubles, faults, milliseconds, revision, worker } = found
  const values = bits === undefined ? doublesFrom(doubles ?? '') : fromHex(bits, found.trials)
  const wrong = (what: string) => new InputError(`the result is malformed: ${what}`)
  if (found.trials !== trials || values?.length !== trials) throw wrong(`expected ${trials} values`)
  const allowed = series.method === 'simulation' ? isBit : isShare
  if (!values.every(allowed)) throw wrong(`a value that no trial by ${series.method} has`)
  const seen = new Set<number>()
  for (const { trial } of faults) {
    const own = trial >= from && trial < from + trials && !seen.has(trial) && values[trial - from] === 0
    if (!own) throw wrong(`trial ${trial} cannot have failed so`)
    seen.add(trial)
  }
  const { N, k, d, seed } = series
  const counts = job.counts ? countsFrom(found.counts, job) : undefined
  return {
    values,
    ...(counts && { counts }),
    faults: faults.map((fault) => ({ ...fault, N, k, d, seed })).sort((a, b) => a.trial - b.trial),
    milliseconds,
    revision,
    worker,
  }
}

function countsFrom(
  given: Readonly<Record<Field, string>> | undefined,
  { series: { N }, trials }: ChunkJob,
): RecoveryCounts {
  const counts = perField((field) => Float64Array.from(doublesFrom(given?.[field] ?? '')))
  const right = (count: Float64Array) => count.length === trials && count.every((one) => one >= 0 && one <= N)
  if (Object.values(counts).every(right)) return counts
  throw new InputError(`the result is malformed: expected counts of ${trials} trials`)
}

type Field = (typeof RECOVERY_FIELDS)[number]
const perField = <T>(of: (field: Field) => T) =>
  Object.fromEntries(RECOVERY_FIELDS.map((field) => [field, of(field)])) as Record<Field, T>

const isBit = (value: number): boolean => value === 0 || value === 1
const isShare = (value: number): boolean => value >= 0 && value <= 1

function doublesText(values: readonly number[]): string {
  const bytes = Buffer.alloc(8 * values.length)
  values.forEach((value, i) => {
    bytes.writeDoubleLE(value, 8 * i)
  })
  return bytes.toString('base64')
}

function doublesFrom(text: string): number[] {
  const bytes = Buffer.from(text, 'base64')
  return Array.from({ length: bytes.length >> 3 }, (_, i) => bytes.readDoubleLE(8 * i))
}
