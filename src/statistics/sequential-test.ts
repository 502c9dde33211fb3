import type { Estimate } from './estimate.js'
import { requireOutcomes } from './ranges.js'
import { type RateTestOptions, type RateVerdict, rateRule } from './rate-rule.js'

/** A running test. Once `done` it takes no more outcomes. */
export interface SequentialTest {
  readonly verdict: RateVerdict
  /** Trials used so far. */
  readonly trials: number
  /** Decided, or out of trials. */
  readonly done: boolean
  /**
   * The values that the test leaves undecided as a bar: the verdict is `above` iff the whole interval lies
   * above the bar, and `below` likewise. Valid whenever the test is stopped.
   */
  estimate(): Estimate
}

/** A running test of one rate. */
export interface RateTest extends SequentialTest {
  readonly successes: number
  update(success: boolean): RateVerdict
  /** Adds several outcomes with one look at the end of them. They may overshoot the cap. */
  updateMany(successes: number, trials: number): RateVerdict
}

/**
 * Sequential test of a Bernoulli rate against a bar, by two one-sided beta-binomial mixtures. Says `above`
 * with probability at most α if the rate is ≤ bar, and `below` with probability at most α if it is ≥ bar,
 * whatever rule stops it. Its power is `powerOfRateTest` of the same options.
 */
export function testRate(options: RateTestOptions): RateTest {
  const rule = rateRule(options)
  let successes = 0
  let trials = 0
  let verdict: RateVerdict = 'undecided'
  // Bars only rise, so an old one that is not reached need not be brought up to date.
  let successBar = 1
  let failureBar = 1
  const done = () => verdict !== 'undecided' || trials >= options.cap
  const updateMany = (moreSuccesses: number, moreTrials: number) => {
    requireOutcomes(moreSuccesses, moreTrials)
    if (done()) throw new RangeError('the test is over: it takes no more outcomes')
    successes += moreSuccesses
    trials += moreTrials
    if (successes >= successBar) successBar = rule.successBar(trials)
    if (trials - successes >= failureBar) failureBar = rule.failureBar(trials)
    if (successes >= successBar) verdict = 'above'
    if (trials - successes >= failureBar) verdict = 'below'
    return verdict
  }
  return {
    get verdict() {
      return verdict
    },
    get successes() {
      return successes
    },
    get trials() {
      return trials
    },
    get done() {
      return done()
    },
    update: (success) => updateMany(success ? 1 : 0, 1),
    updateMany,
    estimate: () => rule.estimate(successes, trials - successes),
  }
}
