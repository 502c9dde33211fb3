import { bisectOutward, firstInteger } from '../numerics/bisect.js'
import { type Evidence, evidenceAbove, evidenceBelow, tunedPrior } from './beta-mixture.js'
import type { Estimate } from './estimate.js'
import { requireCount, requireErrorProbability, requireProbability } from './ranges.js'

/** What a sequential test may say about a rate and its bar. */
export type RateVerdict = 'above' | 'below' | 'undecided'

/** Which verdicts a test is after. */
export type Side = 'above' | 'below' | 'either'

/** A sequential test of a rate against a bar. */
export interface RateTestOptions {
  /** The rate to compare with, in (0, 1). */
  readonly bar: number
  /** The verdicts wanted; `either`, the default, spends half of `alpha` on each. */
  readonly side?: Side
  /** Probability, in (0, ½], of ever giving a wrong verdict, whatever the rate and whenever one stops. */
  readonly alpha: number
  /** The number of trials after which the test gives up, at least 1. */
  readonly cap: number
  /**
   * The number of trials at which the test is to be sharpest: half the cap unless given. Never a matter of
   * validity.
   */
  readonly horizon?: number
}

/** The decision rule of a rate test: what a count of successes and failures says. */
export interface RateRule {
  above(successes: number, failures: number): boolean
  below(successes: number, failures: number): boolean
  /**
   * The least successes among `trials` outcomes that say `above`, trials + 1 if none do. Grows by 0 or 1 a
   * trial.
   */
  successBar(trials: number): number
  /**
   * The least failures among `trials` outcomes that say `below`, trials + 1 if none do. Grows by 0 or 1 a
   * trial.
   */
  failureBar(trials: number): number
  /** The bars that these counts leave undecided. Before any trial the point is the bar. */
  estimate(successes: number, failures: number): Estimate
}

/**
 * The rule of a rate test: `above` once the mixture over the rates above the bar has gained a factor 1/α on
 * the bar, and `below` likewise. Both are supermartingales under every rate on the other side (see {@link
 * evidenceAbove}).
 */
export function rateRule(options: RateTestOptions): RateRule {
  const { bar, side = 'either', alpha, cap, horizon = Math.ceil(cap / 2) } = options
  requireProbability('bar', bar)
  requireErrorProbability('alpha', alpha)
  requireCount('cap', cap, 1)
  requireCount('horizon', horizon, 1)
  const share = side === 'either' ? alpha / 2 : alpha
  const threshold = -Math.log(share)
  const prior = tunedPrior(bar, horizon, share)
  const reached =
    (wanted: boolean, evidence: Evidence): RateRule['above'] =>
    (successes, failures) =>
      wanted && evidence(successes, failures) >= threshold
  const aboveOf = (p: number) => reached(side !== 'below', evidenceAbove(p, prior))
  const belowOf = (p: number) => reached(side !== 'above', evidenceBelow(p, prior))
  const [above, below] = [aboveOf(bar), belowOf(bar)]
  return {
    above,
    below,
    successBar: (trials) => firstInteger(0, trials + 1, (s) => above(s, trials - s)),
    failureBar: (trials) => firstInteger(0, trials + 1, (f) => below(trials - f, f)),
    estimate(successes, failures) {
      const point = successes + failures === 0 ? bar : successes / (successes + failures)
      const lower =
        side === 'below' || successes === 0
          ? 0
          : bisectOutward(point, 0, (p) => !aboveOf(p)(successes, failures))
      const upper =
        side === 'above' || failures === 0
          ? 1
          : bisectOutward(point, 1, (p) => !belowOf(p)(successes, failures))
      return { point, interval: [lower, upper], confidence: 1 - alpha }
    },
  }
}
