import { capitalAbove, capitalBelow } from './betting.js'
import { bettingInterval } from './betting-interval.js'
import { requireCount, requireErrorProbability, requireProbability, requireUnitValue } from './ranges.js'
import type { RateVerdict, Side } from './rate-rule.js'
import type { SequentialTest } from './sequential-test.js'

/** A sequential test of the mean of values in [0, 1] against a bar. */
export interface MeanTestOptions {
  /** The mean to compare with, in (0, 1). */
  readonly bar: number
  /** The verdicts wanted; `either`, the default, spends half of `alpha` on each. */
  readonly side?: Side
  /**
   * Probability, in (0, ½], of ever giving a wrong verdict, whatever the distribution and whenever one stops.
   */
  readonly alpha: number
  /** The number of values after which the test gives up, at least 1. */
  readonly cap: number
}

/** A running test of one mean. */
export interface MeanTest extends SequentialTest {
  update(value: number): RateVerdict
}

/**
 * Sequential test of the mean of independent values in [0, 1] against a bar, by the bets of {@link
 * capitalAbove} and {@link capitalBelow}. Says `above` with probability at most α if the mean is ≤ bar, and
 * `below` with probability at most α if it is ≥ bar. Its power depends on the whole distribution.
 */
export function testMean({ bar, side = 'either', alpha, cap }: MeanTestOptions): MeanTest {
  requireProbability('bar', bar)
  requireErrorProbability('alpha', alpha)
  requireCount('cap', cap, 1)
  const share = side === 'either' ? alpha / 2 : alpha
  const alphaAbove = side === 'below' ? 0 : share
  const alphaBelow = side === 'above' ? 0 : share
  const above = capitalAbove(bar)
  const below = capitalBelow(bar)
  const values: number[] = []
  let verdict: RateVerdict = 'undecided'
  const done = () => verdict !== 'undecided' || values.length >= cap
  return {
    get verdict() {
      return verdict
    },
    get trials() {
      return values.length
    },
    get done() {
      return done()
    },
    update(value) {
      requireUnitValue('value', value)
      if (done()) throw new RangeError('the test is over: it takes no more values')
      values.push(value)
      above.add(value)
      below.add(value)
      if (above.log() >= -Math.log(alphaAbove)) verdict = 'above'
      if (below.log() >= -Math.log(alphaBelow)) verdict = 'below'
      return verdict
    },
    estimate: () => bettingInterval(values, alphaAbove, alphaBelow),
  }
}
