import { availableParallelism } from 'node:os'
import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import { IDEAL, type Preparation } from '../codes/model/description.js'
import { lawsOf } from '../codes/model/general.js'
import { preparation, withReading } from '../codes/preparation.js'
import type { Encoder } from '../codes/read-encoder.js'
import type { BuiltInDecoder } from '../decoders/decoder.js'
import type { ReadRate } from '../dictionaries/read-rates.js'
import { requireIndices, requireInteger, requirePositive } from '../io/arguments.js'
import { MOST_WORKERS } from '../io/most-workers.js'
import { inSlices } from '../io/slices.js'
import { withCrew } from '../kernels/float32/crew.js'
import { binomialInterval } from '../statistics/binomial-interval.js'
import { requireProbability } from '../statistics/ranges.js'
import { type Metric, type RecoveryMetrics, recoveryMetrics } from '../success/estimation/recovery-metrics.js'
import { TRIES } from './default-readers.js'
import { encoderReaders, type ScaledEncoder } from './encoder-reader.js'
import { type Gap, pairedGap } from './paired-gap.js'
import { decoderReader, type Reader, type Readings, readAll } from './readers.js'
import { type SuspectOptions, type SuspectRates, suspectRates } from './suspects.js'

const CORES = availableParallelism()

/** How codes over unit codewords reach a decoder; the codes themselves are the same. @since 0.2.0 */
export type ReadingPreparation = Extract<Preparation, 'unit' | 'centred' | 'whitened'>

/** What reads, and what. @since 0.2.0 */
export interface ReadingOptions {
  /** Codewords in a code, from 1 to those that are alive. */
  readonly k: number
  /** Among decoders that read equally well the earlier one is recommended: the cheapest first. */
  readonly decoders: readonly BuiltInDecoder[]
  /** How codes reach decoders. @defaultValue `['unit']` */
  readonly prepare?: readonly ReadingPreparation[]
  /** The encoder that stands beside the decoder, to be compared. */
  readonly encoder?: Encoder | undefined
  /** How large the codes are that the encoder sees. @defaultValue where each of its readings is best */
  readonly scale?: number | undefined
  /** Codes that all read. @defaultValue `200` */
  readonly codes?: number
  /** Codewords that each decoder is tried on, to find those that it cannot read. @defaultValue none */
  readonly suspects?: number
  /** Codes that each of these is put into. @defaultValue `32` */
  readonly tries?: number
  /** Codewords of the file that are the likeliest not to be read, as an audit finds them. */
  readonly likely?: readonly number[]
  /** Of all intervals of gaps at once, and of each other one by itself. @defaultValue `0.95` */
  readonly confidence?: number
  readonly seed?: string
  /** The share of a code's energy that is noise. @defaultValue `0` */
  readonly noise?: number
  /** The law of amplitudes, as `dpb success` takes it. @defaultValue `constant` */
  readonly amplitudes?: string
  /** Threads that share each pass over the dictionary. @defaultValue as many as there are cores */
  readonly threads?: number | undefined
  readonly signal?: AbortSignal | undefined
  onProgress?(share: number): void
}

/** What one reader makes of the codes. @since 0.2.0 */
export interface ReaderResult {
  /** A decoder's name, `encoder`, or `encoder told k`. */
  readonly reader: string
  /** How codes reach a decoder. */
  readonly prepare?: ReadingPreparation
  /** Of an encoder: the codes that it sees are so many times a sum of unit codewords. */
  readonly scale?: number
  /** Codewords that an answer names, on average. */
  readonly named: number
  readonly successRate: Metric
  readonly metrics: RecoveryMetrics
  /** By the clock. */
  readonly secondsPerCode: number
}

/** How much more a reader reads than another of the same codes. @since 0.2.0 */
export interface ReadingGap extends Gap {
  readonly reader: string
  readonly than: string
}

/** Readers of one dictionary against each other, on the same codes. @since 0.2.0 */
export interface ReadingReport {
  readonly k: number
  readonly codes: number
  readonly readers: readonly ReaderResult[]
  /** What each decoder reads more than the encoder, as it stands and told k: the amortisation gap. */
  readonly gaps: readonly ReadingGap[]
  /** The decoder that reads most bits, and what it reads more than each other decoder. */
  readonly recommended: { readonly reader: string; readonly leads: readonly ReadingGap[] }
  /** With `suspects`: what each decoder reads worst, by their numbers in the file. */
  readonly worst?: readonly SuspectRates[]
}

/**
 * What decoders, and an autoencoder's encoder, read of the same codes: uniform k-subsets of the codewords that are
 * alive, at norm 1, with amplitudes and noise where there are laws. The decoders are told k.
 *
 * @param alive which codewords, ascending
 * @throws RangeError for options out of range; InputError for noise and amplitudes that are none
 * @since 0.2.0
 */
export async function reading(
  dictionary: Float32Dictionary,
  alive: readonly number[],
  options: ReadingOptions,
): Promise<ReadingReport> {
  const { k, codes = 200, confidence = 0.95, seed = '1', encoder, scale, threads = CORES } = options
  const model = { ...IDEAL, noise: options.noise ?? 0, amplitudes: options.amplitudes ?? IDEAL.amplitudes }
  requireIndices('alive', alive, dictionary.size)
  requireInteger('k', k, 1, alive.length)
  requireInteger('codes', codes, 1)
  requireInteger('threads', threads, 1, MOST_WORKERS)
  requireProbability('confidence', confidence)
  requireInteger('suspects', options.suspects ?? 0, 0)
  requireInteger('tries', options.tries ?? TRIES, 1)
  for (const i of options.likely ?? []) requireInteger('each of likely', i, 0, dictionary.size - 1)
  const laws = lawsOf(model)
  if (scale !== undefined) requirePositive('scale', scale)
  if (options.decoders.length === 0) throw new RangeError('at least one decoder is needed')
  const taken = alive.length === dictionary.size ? dictionary : dictionary.take(alive)
  const unit = taken.unit()
  const norms = taken.norms()
  const encoders =
    encoder === undefined
      ? []
      : encoderReaders(encoder, { codewords: unit, alive, norms, k, laws, seed }, scale)
  const decoders = await decoderReaders(unit, options)
  const readers: readonly Reader[] = [...encoders, ...decoders.map(({ reader }) => reader)]
  const share = <T>(step: () => Promise<T>) => withCrew(unit.size * unit.dimension, threads, step)
  const found = await share(() => readAll(unit, readers, { ...options, codes, seed, laws }))
  const sizes = { N: unit.size, k, d: unit.dimension }
  const results = found.map((one, n): ReaderResult => {
    const { prepare } = decoders[n - encoders.length] ?? {}
    const { scale: at } = (encoders[n] ?? {}) as Partial<ScaledEncoder>
    return { ...resultOf(one, sizes, confidence), ...(prepare && { prepare }), ...(at && { scale: at }) }
  })
  const [read, ours] = [found.slice(encoders.length), found.slice(0, encoders.length)]
  const best = bestOf(results.slice(encoders.length))
  const pairs: (readonly [Readings, Readings])[] = read.flatMap((one) => ours.map((e) => [one, e] as const))
  const rivals: (readonly [Readings, Readings])[] = read.flatMap((one, n) =>
    n === best ? [] : [[read[best], one] as const],
  )
  // Every gap has two intervals.
  const each = 1 - (1 - confidence) / (2 * (pairs.length + rivals.length) || 1)
  const gapOf = ([more, less]: readonly [Readings, Readings]): ReadingGap => ({
    reader: more.name,
    than: less.name,
    ...pairedGap(more.counts, less.counts, sizes, each),
  })
  const worst = await share(() =>
    worstOf(unit, alive, decoders, read, { ...options, laws, seed, confidence }),
  )
  return {
    k,
    codes,
    readers: results,
    gaps: pairs.map(gapOf),
    recommended: { reader: read[best].name, leads: rivals.map(gapOf) },
    ...(worst && { worst }),
  }
}

/** What each decoder reads worst, by numbers of the file. */
async function worstOf(
  unit: Float32Dictionary,
  alive: readonly number[],
  decoders: readonly { readonly reader: Reader }[],
  read: readonly Readings[],
  options: ReadingOptions & Pick<SuspectOptions, 'laws' | 'seed' | 'confidence'>,
): Promise<SuspectRates[] | undefined> {
  const { suspects = 0, tries = TRIES, likely = [] } = options
  if (suspects === 0) return undefined
  requireInteger('suspects', suspects, 1)
  requireInteger('tries', tries, 1)
  const place = new Map(alive.map((i, at) => [i, at]))
  const found = await suspectRates(
    unit,
    decoders.map(({ reader }) => reader),
    read,
    { ...options, suspects, tries, likely: likely.flatMap((i) => place.get(i) ?? []) },
  )
  const named = (rate: ReadRate): ReadRate => ({ ...rate, index: alive[rate.index] })
  return found.map(({ reader, codewords }) => ({ reader, codewords: codewords.map(named) }))
}

/** Every decoder on every preparation. */
async function decoderReaders(
  unit: Float32Dictionary,
  { decoders, prepare = ['unit'], k, signal }: ReadingOptions,
) {
  const readers: { prepare: ReadingPreparation; reader: Reader }[] = []
  for (const how of prepare) {
    const ready = withReading(await inSlices(preparation(unit, how), signal))
    for (const decoder of decoders) {
      const name = how === 'unit' ? decoder.name : `${decoder.name}, ${how}`
      readers.push({ prepare: how, reader: decoderReader(name, decoder, ready, k) })
    }
  }
  return readers
}

function resultOf(
  { name, counts, exact, seconds }: Readings,
  sizes: { N: number; k: number; d: number },
  confidence: number,
): ReaderResult {
  const codes = exact.length
  const { point, interval } = binomialInterval(
    exact.reduce((sum, one) => sum + one, 0),
    codes,
    confidence,
  )
  const named = counts.hits.reduce((sum, hits, t) => sum + hits + counts.falsePositives[t], 0)
  return {
    reader: name,
    named: named / codes,
    successRate: { value: point, interval: [interval[0], interval[1]] },
    metrics: recoveryMetrics(sizes, counts, confidence),
    secondsPerCode: seconds / codes,
  }
}

/** The first of those that read most bits. */
const bestOf = (results: readonly ReaderResult[]): number =>
  results.reduce(
    (best, one, n) => (one.metrics.bitsRead.value > results[best].metrics.bitsRead.value ? n : best),
    0,
  )
