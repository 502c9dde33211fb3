import { countingBound } from '../bounds/counting-bound.js'
import { entropyBits } from '../bounds/entropy.js'
import { boundsOf } from '../bounds/plan.js'
import { builtInDecoder } from '../decoders/built-in.js'
import type { LeaderboardRow, Unreached } from '../results/report.js'
import { initialDimension } from '../success/estimation/initial-dimension.js'
import { measureBy } from '../success/estimation/measure-dimension.js'
import { reliableDimension } from '../success/estimation/reliable-dimension.js'
import { successCurve } from '../success/estimation/success-curve.js'
import { outward, solve } from '../success/estimation/transition.js'
import type { Sampler } from '../success/trials/sampler.js'
import { decodeTime, FINE, ROUGH } from './decode-time.js'

export interface RowOptions {
  readonly N: number
  readonly k: number
  readonly seed: string
  readonly confidence: number
  /** Seconds of one core that either dimension may take where trials are simulated, roughly. */
  readonly budget: number
  readonly signal: AbortSignal | undefined
}

/** Of d50 and d99 where the budget affords it: ±2 %, and ±4 % over dictionaries beyond 2^16 codewords. */
const precisionAt = (N: number): number => (N <= 2 ** 16 ? 0.02 : 0.04)
/** Trials that ±2 % takes at all dimensions together, roughly. */
const FINE_TRIALS = { even: 5000, reliable: 60_000 }
/** Where that is too many, simulated trials a dimension for d50: at most, and those below which a cell has none. */
const TRIALS = { most: 32, least: 10 }
/** Dimensions that finding d50 and its interval looks at, roughly. */
const LOOKS = 9
/** Trials that d99 takes, roughly. */
const RELIABLE_TRIALS = 550
/** d99 is roughly d50 times the exponential of this over √k. */
const RELIABLE_GUESS = 0.95

/** The row of d50 alone, or why there is none. */
export async function evenRow(sampler: Sampler, options: RowOptions): Promise<LeaderboardRow | Unreached> {
  const { N, k } = options
  const found = await orReason(() => measuredRow(sampler, options))
  return typeof found === 'string' ? { decoder: sampler.decoder, N, k, reason: found } : found
}

/** What is sought, or why the search gives up, which it says by a RangeError: all else ends the run. */
async function orReason<T>(seek: () => Promise<T>): Promise<T | string> {
  try {
    return await seek()
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

async function measuredRow(sampler: Sampler, options: RowOptions): Promise<LeaderboardRow | string> {
  const { decoder, method } = sampler
  const { N, k, seed } = options
  const guess = initialDimension(builtInDecoder(decoder), N, k, 0.5)
  const even =
    builtInDecoder(decoder)!.refuses?.({ N, k, d: Math.ceil(guess) }) ??
    (method === 'conditional'
      ? await measureBy(sampler, { ...options, target: 0.5, precision: precisionAt(N) })
      : await simulatedEven(sampler, guess, options))
  if (typeof even === 'string') return even
  const { dimension, dimensionInterval, trials } = even
  const bits = entropyBits(N, k)
  const time = await decodeTime(decoder, { N, k, d: Math.ceil(dimension) }, seed, FINE, options.signal)
  return {
    decoder,
    N,
    k,
    dimension,
    dimensionInterval,
    dimsPerBit: dimension / bits,
    interval: [dimensionInterval[0] / bits, dimensionInterval[1] / bits],
    method,
    trials,
    reliable: null,
    msPerDecode: 1000 * time.decode,
    law: lawOf(decoder, N, k),
    timesBound: dimension / countingBound(N, k),
  }
}

/** d99 and its interval, or null where they are not found, or take more than the budget. */
export async function reliableOf(
  sampler: Sampler,
  even: number,
  options: RowOptions,
): Promise<LeaderboardRow['reliable']> {
  const found = await orReason(() => measuredReliable(sampler, even, options))
  return typeof found === 'string' ? null : found
}

async function measuredReliable(
  sampler: Sampler,
  even: number,
  options: RowOptions,
): Promise<LeaderboardRow['reliable']> {
  const { N, k, seed, budget } = options
  const target = 0.99
  const precise = async () => {
    const { dimension, dimensionInterval } = await measureBy(sampler, {
      ...options,
      target,
      precision: precisionAt(N),
    })
    return { dimension, dimensionInterval }
  }
  if (sampler.method === 'conditional') return precise()
  const d = Math.ceil(even * Math.exp(RELIABLE_GUESS / Math.sqrt(k)))
  const { trial } = await decodeTime(sampler.decoder, { N, k, d }, seed, ROUGH, options.signal)
  if (fineTrials('reliable', N) * trial <= budget) return precise()
  if (RELIABLE_TRIALS * trial > budget) return null
  return (await reliableDimension(sampler, { ...options, even, target })) ?? null
}

/** The law that d50 of this decoder should follow. */
export function lawOf(decoder: string, N: number, k: number): LeaderboardRow['law'] {
  const law = boundsOf(builtInDecoder(decoder)!.law ?? '').findLast(({ kind }) => kind === 'law')
  return law ? { id: law.id, dimension: law.dimension({ N, k, p: 0.5 }) } : null
}

const fineTrials = (dimension: keyof typeof FINE_TRIALS, N: number): number =>
  FINE_TRIALS[dimension] * (0.02 / precisionAt(N)) ** 2

/** d50 by as many whole decodes as the budget has time for, or why there is none. */
async function simulatedEven(
  sampler: Sampler,
  guess: number,
  options: RowOptions,
): Promise<Pick<LeaderboardRow, 'dimension' | 'dimensionInterval' | 'trials'> | string> {
  const { N, k, seed, budget, confidence, signal } = options
  const { decode, trial } = await decodeTime(
    sampler.decoder,
    { N, k, d: Math.ceil(guess) },
    seed,
    ROUGH,
    signal,
  )
  if (fineTrials('even', N) * trial <= budget) {
    return measureBy(sampler, { ...options, target: 0.5, precision: precisionAt(N) })
  }
  const trials = Math.min(TRIALS.most, Math.floor(budget / (LOOKS * decode)))
  if (trials < TRIALS.least) {
    return `a decode takes ${decode.toPrecision(2)} s: too few in ${budget} s for an interval`
  }
  const onFaults = () => {}
  const curve = successCurve(sampler, { N, k, seed, from: 0, trials, window: 1, onFaults, signal })
  const place = await solve(curve, 0.5, { start: guess, slope: 10, tolerance: 1.1, most: 16 * guess })
  if ('unreached' in place) return `below success 0.5 at 16 times d = ${Math.round(guess)}`
  const { dimension } = place
  const alpha = (1 - confidence) / 2
  const ends = { dimension, reach: 0.05, farthest: Math.LN2 }
  const low = await outward('below', curve, 0.5, alpha, ends)
  const high = await outward('above', curve, 0.5, alpha, ends)
  if (!('end' in low && 'end' in high)) return `${trials} trials tell no interval within a factor of 2`
  return { dimension, dimensionInterval: [low.end.x, high.end.x], trials }
}
