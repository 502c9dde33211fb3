import { normalQuantile } from '../numerics/special.js'
import type { Estimate } from './estimate.js'
import { requireCount, requireOutcomes, requireProbability } from './ranges.js'

/**
 * Score interval for a success probability (Wilson 1927): shorter than the exact one and right on average,
 * but an approximation. Its true coverage can fall below the stated confidence, most so far out in the tails.
 *
 * @param trials number of trials, fixed in advance, at least 1
 */
export function wilsonInterval(successes: number, trials: number, confidence: number): Estimate {
  requireOutcomes(successes, trials)
  requireCount('trials', trials, 1)
  requireProbability('confidence', confidence)
  const z = -normalQuantile((1 - confidence) / 2, 0, 1)
  const failures = trials - successes
  const root = z * Math.sqrt((successes * failures) / trials + (z * z) / 4)
  const total = trials + z * z
  const lower = successes === 0 ? 0 : (successes + (z * z) / 2 - root) / total
  const upper = failures === 0 ? 1 : (successes + (z * z) / 2 + root) / total
  return { point: successes / trials, interval: [lower, upper], confidence }
}
