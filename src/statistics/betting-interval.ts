import { bisectOutward } from '../numerics/bisect.js'
import { type Capital, capitalAbove, capitalBelow } from './betting.js'
import type { Estimate } from './estimate.js'

/**
 * The means in [0, 1] that no bet has rejected: those on which the bets on "above" stay under 1/alphaAbove, and those
 * on "below" under 1/alphaBelow; an alpha of 0 places no bet. Valid at every stopping time (Waudby-Smith & Ramdas
 * 2024, hedged betting): over all lengths of a sequence of independent values in [0, 1] together, an end passes their
 * mean with probability at most its alpha. Betting rather than the empirical Bernstein sequence because its intervals
 * are the shorter ones, most so for small samples and small variances, and because a bet against one bar is the test
 * of that bar. Ends are rounded outwards by up to 1e-9; some milliseconds a thousand values.
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
