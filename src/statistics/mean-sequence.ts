import { bisectOutward } from '../numerics/bisect.js'
import { type Capital, capitalAbove, capitalBelow } from './betting.js'
import type { Estimate } from './estimate.js'
import { requireProbability, requireUnitValue } from './ranges.js'

/** A confidence sequence for the mean of values in [0, 1]. */
export interface MeanSequence {
  readonly trials: number
  update(value: number): void
  /**
   * The means not rejected at this moment, to 1e-9, rounded outwards. Costs some milliseconds a thousand
   * values.
   */
  interval(): Estimate
}

/**
 * A confidence sequence for the mean of independent values in [0, 1], valid at every stopping time, by hedged
 * betting (Waudby-Smith & Ramdas 2024): with probability at least 1 − α neither the gambler who bets on
 * "above the mean" nor the one who bets on "below" ever multiplies the capital by 2/α. Betting rather than
 * the empirical Bernstein sequence because its intervals are the shorter ones, most so for small samples and
 * small variances, and because a bet against one bar is the test of that bar.
 *
 * @param alpha error probability in (0, 1)
 */
export function meanSequence(alpha: number): MeanSequence {
  requireProbability('alpha', alpha)
  const values: number[] = []
  return {
    get trials() {
      return values.length
    },
    update(value) {
      requireUnitValue('value', value)
      values.push(value)
    },
    interval: () => bettingInterval(values, alpha / 2, alpha / 2),
  }
}

/**
 * The means that no bet has rejected: those on which the bets on "above" stay under 1/alphaAbove, and those
 * on "below" under 1/alphaBelow; an alpha of 0 places no bet. Confidence 1 − alphaAbove − alphaBelow.
 */
export function bettingInterval(values: readonly number[], alphaAbove: number, alphaBelow: number): Estimate {
  const confidence = 1 - alphaAbove - alphaBelow
  if (values.length === 0) return { point: 0.5, interval: [0, 1], confidence }
  const point = values.reduce((sum, value) => sum + value, 0) / values.length
  const kept = (capital: Capital, alpha: number) => {
    for (const value of values) capital.add(value)
    return capital.log() < -Math.log(alpha)
  }
  const lower = alphaAbove === 0 ? 0 : bisectOutward(point, 0, (m) => kept(capitalAbove(m), alphaAbove), 1e-9)
  const upper = alphaBelow === 0 ? 1 : bisectOutward(point, 1, (m) => kept(capitalBelow(m), alphaBelow), 1e-9)
  return { point, interval: [lower, upper], confidence }
}
