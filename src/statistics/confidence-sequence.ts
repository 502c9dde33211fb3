import { bisectOutward } from '../numerics/bisect.js'
import { type BetaPrior, logMixture } from './beta-mixture.js'
import type { Estimate } from './estimate.js'
import { requireOutcomes, requireProbability } from './ranges.js'

/** A confidence sequence for one Bernoulli rate. */
export interface RateSequence {
  readonly successes: number
  readonly trials: number
  update(success: boolean): void
  /** Adds `trials` outcomes, `successes` of them successes, in any order. */
  updateMany(successes: number, trials: number): void
  /**
   * ln of the evidence against the rate `p` in (0, 1); it ever reaches ln(1/α) with probability at most α
   * when p is true.
   */
  logEvidence(p: number): number
  /**
   * The rates not rejected at this moment. The ends are rounded outwards. Before any trial the point is the
   * mixture's mean.
   */
  interval(): Estimate
}

/**
 * A confidence sequence for the rate of independent Bernoulli trials, valid at every stopping time: with
 * probability at least 1 − α every interval of the whole sequence contains the rate. It inverts the
 * beta-binomial mixture martingale (Robbins 1970; Howard, Ramdas, McAuliffe & Sekhon 2021), all in
 * logarithms, so α = 1e-9 is as good as α = 0.1.
 *
 * @param alpha error probability in (0, 1)
 * @param prior the mixture; a = b = ½ suits every rate, larger values at a/(a + b) near the rate are sharper
 * after many trials
 */
export function rateSequence(alpha: number, prior: BetaPrior = { a: 0.5, b: 0.5 }): RateSequence {
  requireProbability('alpha', alpha)
  if (!(prior.a > 0 && prior.b > 0 && Number.isFinite(prior.a + prior.b)))
    throw new RangeError(`the mixture must have finite a, b > 0, not a = ${prior.a}, b = ${prior.b}`)
  const threshold = -Math.log(alpha)
  let successes = 0
  let trials = 0
  const logEvidence = (p: number) => logMixture(p, successes, trials - successes, prior)
  const kept = (p: number) => logEvidence(p) < threshold
  const updateMany = (moreSuccesses: number, moreTrials: number) => {
    requireOutcomes(moreSuccesses, moreTrials)
    successes += moreSuccesses
    trials += moreTrials
  }
  return {
    get successes() {
      return successes
    },
    get trials() {
      return trials
    },
    update: (success) => updateMany(success ? 1 : 0, 1),
    updateMany,
    logEvidence(p) {
      requireProbability('rate', p)
      return logEvidence(p)
    },
    interval() {
      const point = trials === 0 ? prior.a / (prior.a + prior.b) : successes / trials
      const lower = successes === 0 ? 0 : bisectOutward(point, 0, kept)
      const upper = successes === trials ? 1 : bisectOutward(point, 1, kept)
      return { point, interval: [lower, upper], confidence: 1 - alpha }
    },
  }
}
