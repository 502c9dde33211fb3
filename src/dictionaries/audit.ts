import { availableParallelism } from 'node:os'
import { coherenceSparsity } from '../bounds/coherence-guarantee.js'
import { leastCoherence, leastInterference } from '../bounds/welch.js'
import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import { isDead } from '../codes/given-rows.js'
import type { GivenDictionary } from '../codes/read-dictionary.js'
import { randomSubset } from '../codes/subset.js'
import { requireInteger } from '../io/arguments.js'
import { MOST_WORKERS } from '../io/most-workers.js'
import { inSlices } from '../io/slices.js'
import { withCrew } from '../kernels/float32/crew.js'
import type { Nearest } from '../kernels/float32/nearest.js'
import { median } from '../numerics/median.js'
import { stream } from '../random/stream.js'
import { binomialInterval } from '../statistics/binomial-interval.js'
import { logSignTail } from '../statistics/binomial-tail.js'
import { requireProbability } from '../statistics/ranges.js'
import { dominatedOf, nearestPairs, type Twins } from './neighbours.js'
import { withPasses } from './passes.js'
import { type ReadRate, type ReadRateOptions, worstRead } from './read-rates.js'
import { type Spectrum, secondMoments, spectra } from './spectrum.js'

/** Pairs of at least this |cosine| are twins. */
const TWINS = 0.9
const MOST_TWINS = 100

/** Codes that each of the worst codewords is put into unless given: who compares a sample is in a hurry. */
export const usualTrials = (sample: number | undefined): number => (sample === undefined ? 400 : 100)

/** What an audit looks at. @since 0.2.0 */
export interface AuditOptions {
  /** Codewords in a code, for the rates at which each is read; without it none are measured. */
  readonly k?: number | undefined
  /** Compare only so many codewords, drawn by the seed, with all others. @defaultValue all */
  readonly sample?: number | undefined
  /** Codes that each of the worst codewords is put into. @defaultValue `400`, with a sample `100` */
  readonly trials?: number | undefined
  /** How many of the worst are reported. @defaultValue `20` */
  readonly worst?: number | undefined
  /** Of all intervals of read rates at once, and of those of a sample's shares. @defaultValue `0.95` */
  readonly confidence?: number | undefined
  /** Any string. @defaultValue `'1'` */
  readonly seed?: string | undefined
  /** Threads that share the dictionary. @defaultValue as many as there are cores */
  readonly threads?: number | undefined
  /** Ends the audit, which rejects with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** The mean squared cosine over pairs of distinct codewords. @since 0.2.0 */
export interface Interference {
  readonly value: number
  /** d times it: 1 for random codewords. */
  readonly timesDimension: number
  /** The least that there is for N unit codewords in d dimensions. */
  readonly welch: number
}

/** A share of all codewords, estimated from a sample, with an exact binomial interval. @since 0.2.0 */
export interface Share {
  readonly value: number
  readonly interval: readonly [number, number]
}

/** What is to be known of a dictionary before codes are read with it. @since 0.2.0 */
export interface Audit {
  readonly N: number
  readonly d: number
  readonly norms: { readonly least: number; readonly median: number; readonly greatest: number }
  /** Codewords of less than a tenth of the median norm; all that follows leaves them out. */
  readonly dead: readonly number[]
  /** The largest |cosine|; of a sample's pairs, a lower end of it. */
  readonly coherence: {
    readonly value: number
    readonly pair: readonly [number, number]
    /** No dictionary of this size has less. */
    readonly welch: number
    /** The median of a Rademacher dictionary of this size. */
    readonly rademacher: number
  }
  /** Pairs of |cosine| ≥ 0.9, nearest first, at most 100. */
  readonly twins: readonly Twins[]
  /** How many codewords have a twin; of a sample, among those compared. */
  readonly withTwin: number
  readonly interference: Interference
  /** Of the spectrum, (Σ λ)²/Σ λ²: between 1 and d. */
  readonly participationRatio: number
  /** The same with the mean taken off and codewords made unit again; absent where a codeword is the mean. */
  readonly centred?: { readonly interference: Interference; readonly participationRatio: number }
  /** Codewords that plain inner products do not read even alone: another has ⟨f_i, f_j⟩ ≥ ‖f_i‖². */
  readonly dominated: readonly number[]
  /** The largest k at which the coherence guarantees every code of unit codewords; null of a sample. */
  readonly guaranteedSparsity: number | null
  /** Where only some codewords were compared: how many, and what that says of all. */
  readonly sample?: {
    readonly rows: number
    readonly confidence: number
    readonly dominatedShare: Share
    readonly twinShare: Share
  }
  /** With k: the codewords that top-k reads worst among unit codewords, worst first. */
  readonly codewords?: readonly ReadRate[]
  /** For pictures: the |cosine| of each codeword compared and its nearest, ascending, and the spectra. */
  readonly nearest: Float32Array
  readonly spectrum: Float64Array
  readonly centredSpectrum?: Float64Array
}

/**
 * Audit a dictionary: norms, twins, coherence, interference, spectrum, and what cannot be read. Time O(N²d), or O(Nnd)
 * with a sample of n; memory O(d²) beside the dictionary, which is copied only where it has dead codewords and k is
 * given. The coherence and dominated codewords are those of doubles; other cosines are within 1e-5. Codewords that are
 * scaled rows, as unit ones, are rounded to float32 first.
 *
 * @throws RangeError where fewer than two codewords are alive, and for options out of range
 * @since 0.2.0
 */
export async function audit(
  { dictionary: given }: Pick<GivenDictionary, 'dictionary'>,
  options: AuditOptions = {},
): Promise<Audit> {
  const { k, sample, seed = '1', threads = availableParallelism(), signal } = options
  const { trials = usualTrials(sample), worst = 20, confidence = 0.95 } = options
  requireInteger('threads', threads, 1, MOST_WORKERS)
  requireInteger('trials', trials, 1)
  requireInteger('worst', worst, 1)
  requireProbability('confidence', confidence)
  const dictionary = given.asRows()
  const life = lifeOf(dictionary)
  const { scales, alive } = life
  if (k !== undefined) requireInteger('k', k, 1, alive.length)
  if (sample !== undefined) requireInteger('sample', sample, 1)
  const some = sample !== undefined && sample < alive.length
  const drawn = some ? randomSubset(alive.length, sample, stream(seed, 'audit', 'sample')) : undefined
  const rows = drawn === undefined ? alive : Array.from(drawn, (n) => alive[n])
  // Where each pair is taken once, dead codewords come along.
  const once = !some && 2 * alive.length >= dictionary.size
  const compared = once ? undefined : Int32Array.from(rows)
  const [near, both] = await withPasses(dictionary, { threads, signal }, async (passes) => {
    const moments = await secondMoments(dictionary, scales, passes)
    // The threads are at it while this one finds eigenvalues.
    const spectrum = inSlices(spectra(moments), signal)
    return Promise.all([passes.nearest(scales, compared), spectrum])
  })
  signal?.throwIfAborted()
  const found = auditOf(dictionary, life, rows, near, both, confidence)
  if (k === undefined) return found
  const codewords = await withCrew(dictionary.size * dictionary.dimension, threads, async () =>
    ratesOf(dictionary, alive, near, { k, seed, trials, worst, confidence, signal }),
  )
  return { ...found, codewords }
}

/** What was found, as one document. */
function auditOf(
  dictionary: Float32Dictionary,
  { norms, scales, dead, alive }: Life,
  rows: readonly number[],
  near: Nearest,
  { plain, centred }: { plain: Spectrum; centred: Spectrum | undefined },
  confidence: number,
): Audit {
  const { size: N, dimension: d } = dictionary
  const live = alive.length
  const some = rows.length < live
  const pairs = nearestPairs(dictionary, scales, near, MOST_TWINS)
  const [{ pair, cosine }] = pairs
  const value = Math.min(1, Math.abs(cosine))
  const withTwin = rows.filter((i) => near.cosines[i] >= TWINS).length
  const dominated = dominatedOf(dictionary, near, rows)
  const share = (count: number): Share => {
    const { point, interval } = binomialInterval(count, rows.length, confidence)
    return { value: point, interval: [interval[0], interval[1]] }
  }
  return {
    N,
    d,
    norms,
    dead,
    coherence: { value, pair, welch: leastCoherence(live, d), rademacher: rademacherCoherence(live, d) },
    twins: pairs.filter((one) => Math.abs(one.cosine) >= TWINS),
    withTwin,
    interference: interferenceOf(plain, live, d),
    participationRatio: plain.participationRatio,
    ...(centred && {
      centred: {
        interference: interferenceOf(centred, live, d),
        participationRatio: centred.participationRatio,
      },
      centredSpectrum: centred.eigenvalues,
    }),
    dominated,
    guaranteedSparsity: some ? null : Math.min(live, coherenceSparsity(value)),
    ...(some && {
      sample: {
        rows: rows.length,
        confidence,
        dominatedShare: share(dominated.length),
        twinShare: share(withTwin),
      },
    }),
    nearest: Float32Array.from(rows, (i) => near.cosines[i]).sort(),
    spectrum: plain.eigenvalues,
  }
}

interface Life {
  readonly norms: Audit['norms']
  /** 1/‖f_i‖, 0 for what is left out. */
  readonly scales: Float64Array
  readonly dead: readonly number[]
  readonly alive: readonly number[]
}

/** Which codewords are alive, and what makes them unit. */
function lifeOf(dictionary: Float32Dictionary): Life {
  const lengths = dictionary.norms()
  const middle = median(lengths)
  const isAlive = (norm: number) => !isDead(norm, middle)
  const alive = [...lengths.keys()].filter((i) => isAlive(lengths[i]))
  if (alive.length < 2)
    throw new RangeError(`an audit compares codewords, and ${alive.length} of them is not zero`)
  return {
    norms: {
      least: lengths.reduce((a, b) => Math.min(a, b)),
      median: middle,
      greatest: lengths.reduce((a, b) => Math.max(a, b)),
    },
    scales: lengths.map((norm) => (isAlive(norm) ? 1 / norm : 0)),
    dead: [...lengths.keys()].filter((i) => !isAlive(lengths[i])),
    alive,
  }
}

const interferenceOf = ({ interference }: Spectrum, N: number, d: number): Interference => ({
  value: interference,
  timesDimension: d * interference,
  welch: leastInterference(N, d),
})

/**
 * The median of the coherence of a Rademacher dictionary: the least m/d that the expected number of pairs beyond is at
 * most ln 2 for, pairs being nearly independent.
 */
function rademacherCoherence(N: number, d: number): number {
  const pairs = Math.log((N * (N - 1)) / 2)
  let [low, high] = [0, d]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (pairs + Math.LN2 + logSignTail(d, middle + 1) <= Math.log(Math.LN2)) high = middle
    else low = middle
  }
  return high / d
}

/** Read rates among the unit codewords that are alive, by their indices among all. */
async function ratesOf(
  dictionary: Float32Dictionary,
  alive: readonly number[],
  near: Nearest,
  options: ReadRateOptions,
): Promise<ReadRate[]> {
  const unit = (alive.length === dictionary.size ? dictionary : dictionary.take(alive)).unit()
  const place = new Map(alive.map((i, n) => [i, n]))
  const neighbours = {
    products: alive.map((i) => near.cosines[i]),
    productRows: alive.map((i) => place.get(near.cosineRows[i]) ?? -1),
  }
  const rates = await worstRead(unit, neighbours, options)
  return rates.map((rate) => ({ ...rate, index: alive[rate.index] }))
}
