import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { criterionSchema } from '../../codes/model/criterion-schema.js'
import type { ModelDescription } from '../../codes/model/description.js'
import { modelSchema, modelWith } from '../../codes/model/model-schema.js'
import {
  fits,
  interval,
  method,
  mustFit,
  positive,
  positiveCount,
  seconds,
  share,
  size,
  unit,
} from '../../io/fields.js'
import { InputError } from '../../io/input-error.js'
import { checked, parseJson, readText } from '../../io/read-json.js'
import { writeWhole } from '../../io/write-atomic.js'
import { decoderFile, decoderSource } from '../../success/processes/decoder-source.js'
import { fromHex, toHex } from '../../success/records/record-line.js'
import type { Method } from '../../success/trials/sampler.js'
import type { Place } from '../place.js'
import { contradictionAmong } from './contradiction.js'
import type { Engine } from './engine.js'

/** Recorded values of trials 0, 1, … at one place. */
export interface RecordedTrials extends Place {
  /** Mean of all values that were seen, and their variance. */
  readonly mean: number
  readonly variance: number
  /** The first of them: outcomes 0 and 1, or success probabilities rounded to {@link VALUE_DIGITS}. */
  readonly values: readonly number[]
}

/** How likely the gate is to say what is true, as computed when the baseline was recorded (see power.ts). */
export interface CellPower {
  /** A drift of the dimension, as a share: 0.05 for 5 %. */
  readonly drift: number
  /** Probability that this drift is called regressed, once the second tier looks. */
  readonly detected: number
  /**
   * Probability that this drift changes a repeated trial, so that it does look; 1 where no trials are repeated first.
   */
  readonly firstTier?: number | undefined
  /** Probability that a decoder of unmoved dimension is called equivalent. */
  readonly confirmed: number
}

/** One problem size of a baseline. */
export interface BaselineCell {
  readonly id: string
  readonly method: Method
  /** Over a given dictionary: it is the sparsity that is sought. */
  readonly axis?: 'k' | undefined
  readonly N: number
  /** Over a given dictionary the recorded decoder's: where success passes the target, between whole numbers. */
  readonly k: number
  /** The success probability that defines the dimension: ½. */
  readonly target: number
  readonly entropyBits: number
  /** The recorded decoder's dimension, d50 for target ½; over a given dictionary the file's. */
  readonly dimension: number
  readonly dimsPerBit: number
  /** Of dimsPerBit. */
  readonly interval: readonly [lower: number, upper: number]
  readonly confidence: number
  /** The drift that is tolerated, as a share of the dimension. */
  readonly tolerance: number
  /**
   * Growth of ln(success/(1 − success)) with ln d at the dimension. Only the power and the estimate of a drift lean
   * on it.
   */
  readonly steepness: number
  /** Trials at each of the two dimensions after which the gate gives up. */
  readonly cap: number
  /** Trials of either run that the first tier repeats. */
  readonly repeated: number
  /** Processor time of a trial as it was recorded. */
  readonly secondsPerTrial: number
  readonly power: CellPower
  /** Trials at ⌊dimension·(1 − tolerance)⌋, or ⌈k·(1 + tolerance)⌉, which showed success to be below the target. */
  readonly lower: RecordedTrials
  /** Trials at ⌈dimension·(1 + tolerance)⌉, or ⌊k·(1 − tolerance)⌋, which showed it to be above. */
  readonly upper: RecordedTrials
}

/** What a decoder did when it was recorded: a file to commit. */
export interface Baseline {
  readonly decoder: string
  /** Of a decoder in a file, see Sampler. */
  readonly revision?: string | undefined
  /** What trials are drawn from, and each has to meet by itself; absent for the paper's. */
  readonly model?: ModelDescription | undefined
  readonly seed: string
  /**
   * The probability that the recording or a gate's run makes any wrong statement; half of it for either, split over
   * the cells.
   */
  readonly falseAlarm: number
  readonly engine: Engine
  readonly cells: readonly BaselineCell[]
}

/** Of the file's format. */
const VERSION = 1
/** Decimals to which success probabilities are recorded. */
export const VALUE_DIGITS = 9

const trialsSchema = z
  .strictObject({
    d: positiveCount,
    k: positiveCount.exactOptional(),
    mean: unit,
    variance: unit,
    trials: positiveCount,
    bits: z
      .string()
      .regex(/^[0-9a-f]+$/)
      .optional(),
    values: z.array(unit).optional(),
  })
  .transform(({ trials, bits, values, ...seen }, context): RecordedTrials => {
    const all = bits === undefined ? values : fromHex(bits, trials)
    if (all?.length === trials) return { ...seen, values: all }
    context.issues.push({ code: 'custom', message: `not the values of ${trials} trials`, input: bits })
    return z.NEVER
  })

/** A baseline of more is none that anyone records. */
const MOST_CELLS = 64
/** Beyond this a gate ends with nobody who waits for it. */
const MOST_TRIALS = 1e7

const cellSchema = z
  .strictObject({
    id: z.string().min(1),
    method,
    axis: z.literal('k').exactOptional(),
    N: size,
    k: positive,
    target: share,
    entropyBits: positive,
    dimension: positive,
    dimsPerBit: positive,
    interval,
    confidence: share,
    tolerance: share,
    steepness: positive,
    cap: positiveCount.max(MOST_TRIALS),
    repeated: positiveCount,
    secondsPerTrial: seconds,
    power: z.strictObject({ drift: positive, detected: unit, firstTier: unit.optional(), confirmed: unit }),
    lower: trialsSchema,
    upper: trialsSchema,
  })
  .refine(fits, mustFit)
  .refine(({ axis, k }) => axis === 'k' || Number.isInteger(k), { path: ['k'], message: 'expected a count' })
  .refine(({ axis, lower, upper }) => [lower, upper].every(({ k }) => (k !== undefined) === (axis === 'k')), {
    path: ['axis'],
    message: 'expected sparsities at both ends, or at neither',
  })

const differ = (cells: readonly { readonly id: string }[]): boolean =>
  new Set(cells.map(({ id }) => id)).size === cells.length

const fileSchema = z.strictObject({
  baseline: z.literal('dims-per-bit'),
  version: z.literal(VERSION),
  decoder: z.string().min(1),
  revision: z.string().optional(),
  model: modelSchema.optional(),
  criterion: criterionSchema.optional(),
  seed: z.string(),
  falseAlarm: z.number().gt(0).max(0.5),
  engine: z.strictObject({
    package: z.string(),
    node: z.string(),
    v8: z.string(),
    architecture: z.string(),
    kernel: z.string(),
  }),
  cells: z.array(cellSchema).min(1).max(MOST_CELLS).refine(differ, 'expected cells that differ'),
  checksum: z.string(),
})

/** The baseline file's content: a JSON document that a formatter may reflow, but nobody may change. */
export function baselineJson(baseline: Baseline): object {
  const { decoder, revision, model, seed, falseAlarm, engine, cells } = baseline
  const content = {
    baseline: 'dims-per-bit',
    version: VERSION,
    decoder,
    ...(revision !== undefined && { revision }),
    ...(model && { model }),
    seed,
    falseAlarm,
    engine,
    cells: cells.map((cell) => ({
      ...cell,
      lower: trialsJson(cell.method, cell.lower),
      upper: trialsJson(cell.method, cell.upper),
    })),
  }
  return { ...content, checksum: checksum(content) }
}

/** Write the file whole or not at all. Throws for a baseline that `readBaseline` would not take. */
export function writeBaseline(path: string, baseline: Baseline): void {
  const text = `${JSON.stringify(baselineJson(baseline), null, 1)}\n`
  parseBaseline(text, 'the baseline that was made')
  writeWhole(path, text)
}

/**
 * The baseline in a file. Throws InputError, one line, for a file that is missing, cut short, edited, or of another
 * version.
 */
export function readBaseline(path: string): Baseline {
  const text = readText(path, 'the baseline')
  if (text === undefined) throw new InputError(`there is no baseline '${path}'; dpb baseline records one`)
  return parseBaseline(text, `the baseline '${path}'`)
}

/** The baseline in this text. `what` names it in errors. */
export function parseBaseline(text: string, what = 'the baseline'): Baseline {
  const json = parseJson(text, what, AGAIN)
  const { checksum: sum, ...content } = Object(json)
  if (content.baseline !== 'dims-per-bit') throw new InputError(`${what} is no baseline of dims-per-bit`)
  if (content.version !== VERSION) {
    const version = JSON.stringify(content.version)
    throw new InputError(`${what} has version ${version} of the format, not ${VERSION}; ${AGAIN}`)
  }
  if (sum !== checksum(content)) {
    throw new InputError(`${what} was edited: its checksum does not fit its content; ${AGAIN}`)
  }
  const { criterion, ...read } = checked(fileSchema, json, what)
  const { decoder, revision, seed, falseAlarm, engine, cells } = read
  const model = modelWith({ model: read.model, criterion })
  const found = contradictionAmong(cells, falseAlarm, model)
  if (found) throw new InputError(`${what} is malformed: ${found.path.join('.')}: ${found.message}`)
  return { decoder, revision, model, seed, falseAlarm, engine, cells }
}

const AGAIN = 'dpb baseline records a new one'

/** Where a decoder's baseline is unless said otherwise: beside its file, or in the working directory for a built-in. */
export function baselinePath(decoder: string): string {
  const source = decoderSource(decoder)
  // A colon is in no file name everywhere; of a name with a bar, the digits are no extension.
  if (source.kind === 'built-in') return `${source.name.replace(':', '-')}.baseline.json`
  const file = decoderFile(decoder) ?? decoder
  return join(dirname(file), `${basename(file).replace(/\.\w+$/, '')}.baseline.json`)
}

const checksum = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)

const trialsJson = (method: Method, { values, ...seen }: RecordedTrials) => ({
  ...seen,
  trials: values.length,
  ...(method === 'simulation' ? { bits: toHex(values) } : { values }),
})
