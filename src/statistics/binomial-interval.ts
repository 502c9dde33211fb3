import { betaincinv } from '../numerics/special/beta.js'
import type { Estimate } from './estimate.js'
import { requireCount, requireOutcomes, requireProbability } from './ranges.js'

/**
 * Exact interval for a success probability (Clopper & Pearson 1934): at either end the observed count or one
 * further out has probability (1 − confidence)/2. Contains the truth with at least the stated confidence, for
 * every truth.
 *
 * @param trials number of trials, fixed in advance, at least 1
 * @since 0.2.0
 */
export function binomialInterval(successes: number, trials: number, confidence: number): Estimate {
  requireOutcomes(successes, trials)
  requireCount('trials', trials, 1)
  requireProbability('confidence', confidence)
  const failures = trials - successes
  const tail = (1 - confidence) / 2
  const lower = successes === 0 ? 0 : betaincinv(tail, successes, failures + 1)
  const upper = failures === 0 ? 1 : betaincinv(tail, successes + 1, failures, true)
  return { point: successes / trials, interval: [lower, upper], confidence }
}
