import { binomialInterval } from '../../statistics/binomial-interval.js'
import type { Sampler } from '../trials/sampler.js'
import { interpolate, logit } from './transition.js'

export interface ReliableOptions {
  readonly N: number
  readonly k: number
  /** d50, roughly. */
  readonly even: number
  /** The success rate, in (½, 1). */
  readonly target: number
  /** Of the interval, in (0, 1). */
  readonly confidence: number
  readonly seed: string
  readonly signal?: AbortSignal | undefined
}

/** Where a rate near 1 is reached: a real number between two whole dimensions. */
export interface Reliable {
  readonly dimension: number
  readonly dimensionInterval: readonly [number, number]
}

/** d ln(odds of success)/d ln d is roughly this times √k above d50, for the built-in decoders. */
const SLOPE = 6
/** Trials at the lower end: a rate of 0.93 is told from 0.99 by them nine times in ten. */
const TRIALS_BELOW = 100
/** ln(odds) beyond those of the target that the ends are hoped to have. */
const HOPED = { below: -1.7, above: 1.6 }
/** Where so few trials reject the target already, the lower end is too far away. */
const TOO_FEW = 25
/** The first step upwards, in ln(odds); the next ones are twice as long each. */
const STEP = 0.6
/** The least first step downwards, which doubles too: the slope is a guess, and chance may make the way look short. */
const STEP_DOWN = 0.15
const MOST_LOOKS = 12
/** Trials run at a time: the last ones of a look may be for nothing. */
const CHUNK = 4

/** Trials 0, 1, … at one dimension, until enough of them failed. */
interface Look {
  readonly d: number
  readonly run: number
  readonly failures: number
}

/**
 * The dimension at which 0/1 trials succeed at a rate near 1, by as few of them as an interval takes: some 500 at a
 * rate of 0.99. At its upper end all of so many trials succeed, at its lower end so many of at most 100 fail, that
 * either rejects the target at (1 − confidence)/2, whatever the other trials do: a look ends when it is decided.
 * Trials that failed at other dimensions come first on the way up, where they are likely to again: codewords of a
 * smaller d are prefixes of those of a larger. Between the ends ln(odds of success) is taken to grow evenly with ln
 * d.
 *
 * Undefined where one of the ends is not found in twelve looks.
 */
export async function reliableDimension(
  sampler: Sampler,
  { N, k, even, target, confidence, seed, signal }: ReliableOptions,
): Promise<Reliable | undefined> {
  const slope = SLOPE * Math.sqrt(k)
  const targetLogit = Math.log(target / (1 - target))
  const enough = failuresThatReject(target, TRIALS_BELOW, confidence)
  const trialsAbove = Math.ceil(Math.log((1 - confidence) / 2) / Math.log(target))
  const excess = ({ run, failures }: Look) => logit(1 - failures / run, run) - targetLogit
  /** Trials that failed at some dimension. */
  const hard = new Set<number>()

  const succeed = async (d: number, from: number, trials: number) => {
    const { values } = await sampler.run({ N, k, d }, seed, from, trials, { signal })
    const failed = Array.from({ length: trials }, (_, t) => from + t).filter((t) => values[t - from] < 1)
    for (const trial of failed) hard.add(trial)
    return trials - failed.length
  }
  const look = async (d: number, trials: number, failuresLeft: number): Promise<Look> => {
    let [run, failures] = [0, 0]
    while (run < trials && failures < failuresLeft) {
      const size = Math.min(CHUNK, trials - run)
      failures += size - (await succeed(d, run, size))
      run += size
    }
    return { d, run, failures }
  }

  const lowerEnd = async () => {
    let low: Look | undefined
    let d = even * Math.exp((targetLogit + HOPED.below) / slope)
    for (let looks = 0, step = STEP_DOWN; looks < MOST_LOOKS; looks++, step *= 2) {
      const seen = await look(Math.max(1, Math.round(d)), TRIALS_BELOW, enough)
      const rejects = seen.failures >= enough
      if (rejects) low = seen
      if (low && !(rejects && seen.run < TOO_FEW)) return low
      const way = HOPED.below - excess(seen)
      d = moved(seen.d, (rejects ? Math.max(0, way) : Math.min(way, -step)) / slope)
    }
    return low
  }
  const upperEnd = async (low: Look) => {
    let d = low.d * Math.exp((HOPED.above - excess(low)) / slope)
    for (let step = STEP, looks = 0; looks < MOST_LOOKS; looks++, step *= 2) {
      const whole = Math.max(low.d + 1, Math.ceil(d))
      if (await allOf(hard, async (trial) => (await succeed(whole, trial, 1)) === 1)) {
        const seen = await look(whole, trialsAbove, 1)
        if (seen.failures === 0) return seen
      }
      d = whole * Math.exp(step / slope)
    }
    return undefined
  }

  const low = await lowerEnd()
  const high = low && (await upperEnd(low))
  if (!high) return undefined
  const ends = [low, high].map((seen) => ({ x: seen.d, y: excess(seen) }))
  return { dimension: interpolate(ends[0], ends[1]), dimensionInterval: [low.d, high.d] }
}

/** A dimension that is further by so much in ln d, and by 1 at least: upwards unless `by` is negative. */
function moved(d: number, by: number): number {
  const to = d * Math.exp(by)
  return by < 0 ? Math.min(d - 1, to) : Math.max(d + 1, to)
}

/**
 * The fewest failures in so many trials whose rate of success is then told from the target, from below, at (1 −
 * confidence)/2.
 */
function failuresThatReject(target: number, trials: number, confidence: number): number {
  let failures = 1
  while (binomialInterval(trials - failures, trials, confidence).interval[1] >= target) failures++
  return failures
}

async function allOf<T>(items: Iterable<T>, holds: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (!(await holds(item))) return false
  return true
}
