import { binomialInterval } from '../../statistics/binomial-interval.js'

/** Outcomes 0 or 1 of trials from, …, from + trials − 1 at sparsity k, by trial. */
export type Outcomes = (k: number, from: number, trials: number) => Promise<ArrayLike<number>>

/** Success of one decoder against k, trial after trial as they are asked for. */
export class SuccessBySparsity {
  readonly #outcomes: Outcomes
  readonly #seen = new Map<number, number[]>()

  constructor(outcomes: Outcomes) {
    this.#outcomes = outcomes
  }

  /** The outcomes of the first trials at k, at least so many; at k = 0 nothing can fail. */
  async atLeast(k: number, trials: number): Promise<readonly number[]> {
    const seen = this.#seen.get(k) ?? []
    this.#seen.set(k, seen)
    const missing = trials - seen.length
    if (missing > 0) {
      seen.push(
        ...(k === 0 ? Array(missing).fill(1) : Array.from(await this.#outcomes(k, seen.length, missing))),
      )
    }
    return seen
  }

  /** Every k that was looked at, ascending, with its outcomes. */
  looks(): { k: number; outcomes: readonly number[] }[] {
    return [...this.#seen].sort(([a], [b]) => a - b).map(([k, outcomes]) => ({ k, outcomes }))
  }
}

/** What is searched, and how surely. */
export interface SparsityTarget {
  /** The success rate to reach, in (0, 1). */
  readonly target: number
  /** Of the interval. */
  readonly confidence: number
  /** Trials at those k that decide: more are taken where so few could not reject the target. */
  readonly trials: number
  /** The largest k there is: N. */
  readonly most: number
}

/** The largest k that is read at a target rate. */
export interface LargestSparsity {
  /** Where the rate, interpolated between whole k, passes the target. */
  readonly sparsity: number
  /**
   * At the lower end the rate is above the target, at the upper end below, each rejected by an exact binomial test
   * (0 and the largest k need none). So it holds the k sought where success does not grow with k.
   */
  readonly interval: readonly [lower: number, upper: number]
  /** Trials at each k that the result rests on. */
  readonly trials: number
}

/** A look that only shows the way stops at this level, in parts of as many trials. */
const CLEAR = 1e-3
const PART = 16
/** The two k between which is interpolated differ by at most this share of them. */
const SPACING = 1 / 32
/** Where the ends of the interval are tried, as factors of the sparsity and away from it; then come 0 and N. */
const OUTWARD = [1.04, 1.1, 1.25, 1.5, 2, 4]

/**
 * The largest k at which success reaches the target, by doubling and halving. Looks on the way end as soon as it is
 * clear on which side they are; those that the result rests on take all their trials. Each end of the interval is
 * tried at up to six k, and shares its error among them.
 */
export async function largestSparsity(
  curve: SuccessBySparsity,
  { target, confidence, trials: asked, most }: SparsityTarget,
): Promise<LargestSparsity> {
  const alpha = (1 - confidence) / 2 / OUTWARD.length
  const trials = Math.max(asked, trialsToReject(target, alpha))
  const { sparsity } = await passing(curve, target, trials, most)
  const lower = (factor: number) => Math.floor(sparsity / factor)
  const upper = (factor: number) => Math.min(most, Math.ceil(sparsity * factor))
  const start = { curve, target, trials, alpha }
  return {
    sparsity,
    interval: [
      await end({ ...start, side: 'above', tried: OUTWARD.map(lower), last: 0 }),
      await end({ ...start, side: 'below', tried: OUTWARD.map(upper), last: most }),
    ],
    trials,
  }
}

/**
 * Where the rate, interpolated between whole k, passes the target, from so many trials at the k next to it; the upper
 * one of those is missing where all k reach it.
 */
export async function passing(
  curve: SuccessBySparsity,
  target: number,
  trials: number,
  most: number,
): Promise<{ sparsity: number; high?: number }> {
  const { low, high } = await bracket(curve, target, trials, most)
  if (high === undefined) return { sparsity: low }
  return { sparsity: await crossing(curve, target, trials, low, high), high }
}

/** Trials of which none, or all, must fail to reject a rate at the target: a tenth more than that. */
function trialsToReject(target: number, alpha: number): number {
  const extreme = Math.max(target, 1 - target)
  return Math.ceil((1.1 * Math.log(alpha)) / Math.log(extreme))
}

const total = (outcomes: readonly number[]) => outcomes.reduce((sum, one) => sum + one, 0)
const rate = (outcomes: readonly number[]) => total(outcomes) / outcomes.length

/** Whether the rate at k reaches the target, as far as up to so many trials tell. */
async function reaches(
  curve: SuccessBySparsity,
  k: number,
  target: number,
  trials: number,
): Promise<boolean> {
  for (let taken = Math.min(PART, trials); ; taken = Math.min(trials, taken + PART)) {
    const outcomes = await curve.atLeast(k, taken)
    const { interval } = binomialInterval(total(outcomes), outcomes.length, 1 - 2 * CLEAR)
    if (outcomes.length >= trials || target < interval[0] || target > interval[1])
      return rate(outcomes) >= target
  }
}

/** A k that reaches the target and one next to it that does not; the second is missing where all do. */
async function bracket(
  curve: SuccessBySparsity,
  target: number,
  trials: number,
  most: number,
): Promise<{ low: number; high?: number }> {
  let low = 0
  let high = 1
  while (await reaches(curve, high, target, trials)) {
    low = high
    if (high === most) return { low }
    high = Math.min(most, 2 * high)
  }
  while (high - low > Math.max(1, SPACING * low)) {
    const middle = (low + high) >> 1
    if (await reaches(curve, middle, target, trials)) low = middle
    else high = middle
  }
  return { low, high }
}

/** Where the line through the rates at two k passes the target; they move on where all their trials say otherwise. */
async function crossing(
  curve: SuccessBySparsity,
  target: number,
  trials: number,
  low: number,
  high: number,
): Promise<number> {
  const gap = high - low
  for (;;) {
    const [above, below] = [rate(await curve.atLeast(low, trials)), rate(await curve.atLeast(high, trials))]
    if (above < target) [low, high] = [Math.max(0, low - gap), low]
    else if (below >= target) return high
    else return low + ((high - low) * (above - target)) / (above - below)
  }
}

interface End {
  readonly curve: SuccessBySparsity
  readonly target: number
  readonly trials: number
  readonly alpha: number
  /** On which side of the target the rate is to be. */
  readonly side: 'above' | 'below'
  /** Where to look, outward. */
  readonly tried: readonly number[]
  readonly last: number
}

/** The first of the k at which the target is rejected. */
async function end({ curve, target, trials, alpha, side, tried, last }: End): Promise<number> {
  for (const k of new Set(tried)) {
    if (k === 0) return last
    const outcomes = (await curve.atLeast(k, trials)).slice(0, trials)
    const { interval } = binomialInterval(total(outcomes), trials, 1 - 2 * alpha)
    if (side === 'above' ? interval[0] > target : interval[1] < target) return k
  }
  return last
}
