import { firstInteger } from '../numerics/bisect.js'
import { clip } from '../numerics/clip.js'
import { requireProbability, requireUnitValue } from './ranges.js'
import { type RateRule, type RateTestOptions, rateRule } from './rate-rule.js'
import { stoppingLaw } from './stopping-law.js'
import { successTail } from './success-tail.js'

/** How a test ends when the rate is what it is. */
export interface TestPower {
  /** Probability of the verdict `above`. */
  readonly above: number
  /** Probability of the verdict `below`. */
  readonly below: number
  /** Probability of reaching the cap without a verdict. */
  readonly undecided: number
  /** Expected number of trials. */
  readonly expectedTrials: number
  /** If false, `above` and `below` are lower bounds, `undecided` and `expectedTrials` upper bounds. */
  readonly exact: boolean
}

/** A rate test together with the rate that it will meet. */
export interface RatePowerOptions extends RateTestOptions {
  /** The true rate, in [0, 1]. */
  readonly truth: number
}

/** Caps up to this one are computed exactly, in well under a second. */
const exactCap = 20_000

/**
 * The power of `testRate` with the same options, looked at after every trial. Exact up to a cap of 20,000.
 * Beyond that bounds from single trials: a run is undecided at trial n only if its count at n decides nothing,
 * which has a binomial probability.
 */
export function powerOfRateTest(options: RatePowerOptions): TestPower {
  const { truth, cap } = options
  requireUnitValue('truth', truth)
  const rule = rateRule(options)
  return cap <= exactCap ? exactPower(rule, truth, cap) : boundedPower(rule, truth, cap)
}

/**
 * The number of trials that `testRate` must be allowed to find the rate `truth` on its side of the bar with
 * probability `power`: a cap that suffices where one trial less does not.
 */
export function trialsToDetect(options: Omit<RatePowerOptions, 'cap'> & { readonly power: number }): number {
  const { bar, truth, side = 'either', power } = options
  requireProbability('power', power)
  requireUnitValue('truth', truth)
  const verdict = truth > bar ? 'above' : 'below'
  if (truth === bar || (side !== 'either' && side !== verdict))
    throw new RangeError(`no number of trials finds a rate of ${truth} ${side} a bar of ${bar}`)
  const suffices = (cap: number) => {
    const rule = rateRule({ ...options, cap })
    if (powerAt(rule, truth, cap)[verdict] >= power) return true
    return cap <= exactCap && exactPower(rule, truth, cap)[verdict] >= power
  }
  let cap = 1
  while (!suffices(cap)) cap *= 2
  return firstInteger(Math.floor(cap / 2), cap, suffices)
}

function exactPower(rule: RateRule, truth: number, cap: number): TestPower {
  const law = stoppingLaw(rule, truth, cap)
  let above = 0
  let below = 0
  let expectedTrials = 0
  for (let n = 1; n <= cap; n++) {
    expectedTrials += Math.max(0, 1 - above - below)
    above += law.above[n]
    below += law.below[n]
  }
  // Rounding may carry a sum of thousands of terms past 1.
  const undecided = clip(1 - above - below)
  return { above: clip(above), below: clip(below), undecided, expectedTrials, exact: true }
}

function boundedPower(rule: RateRule, truth: number, cap: number): TestPower {
  let expectedTrials = 0
  let n = 0
  let undecided = 1
  while (n < cap) {
    const next = Math.min(cap, Math.max(n + 1, Math.floor(n * 1.02)))
    expectedTrials += (next - n) * undecided
    n = next
    const { above, below } = powerAt(rule, truth, n)
    undecided = Math.min(undecided, clip(1 - above - below))
  }
  const { above, below } = powerAt(rule, truth, cap)
  return { above, below, undecided, expectedTrials, exact: false }
}

/** Probabilities that the counts after exactly n trials say `above`, and `below`. */
function powerAt(rule: RateRule, truth: number, n: number): { above: number; below: number } {
  return {
    above: successTail(n, rule.successBar(n), truth),
    below: successTail(n, rule.failureBar(n), 1 - truth),
  }
}
