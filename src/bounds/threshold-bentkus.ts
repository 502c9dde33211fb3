import { inverseLogNormalTail, logNormalTail, normalTail } from '../statistics/normal.js'
import type { Bound } from './bound.js'
import { checkPositive, checkProbability, checkSubset } from './parameters.js'

/**
 * c = 1/(4 P(Z ≥ √2)) ≈ 3.178: P(Σ a_j ε_j ≥ x) ≤ c·P(Z ≥ x) for fair signs ε_j, ‖a‖ = 1 and Z standard normal
 * (Bentkus & Dzindzalieta 2015, "A tight Gaussian bound for weighted sums of Rademacher random variables", Bernoulli
 * 21, Theorem 1.1).
 */
export const BENTKUS = 1 / (4 * normalTail(Math.SQRT2))

/**
 * c·Q(x)·e^(x²/2), falling in x > 0: the share of Chernoff's bound e^(−x²/2) on P(Σ a_j ε_j ≥ x) that may be reached
 * at all, by that theorem; at most 1.
 */
export const chernoffShare = (x: number): number =>
  Math.min(1, Math.exp(Math.log(BENTKUS) + logNormalTail(x) + (x * x) / 2))

/**
 * Proposition 3 with that tail instead of Chernoff's: threshold decoding recovers a given k-subset with probability ≥
 * 1 − p from d = 4k[Q⁻¹(p/(cN))]² on. A real number; 0 at k = 0.
 * @param p failure probability, in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and 0 < p < 1
 * @since 0.1.0
 */
export function thresholdBentkusDimension(N: number, k: number, p: number): number {
  checkSubset(N, k)
  checkProbability(p)
  return 4 * k * inverseLogNormalTail(Math.log(p) - Math.log(BENTKUS) - Math.log(N)) ** 2
}

/**
 * The same solved for p: cN·Q(½√(d/k)), at most 1. 0 at k = 0.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d is positive and finite
 * @since 0.1.0
 */
export function thresholdBentkusFailure(N: number, k: number, d: number): number {
  checkSubset(N, k)
  checkPositive(d, 'd')
  return Math.min(1, Math.exp(Math.log(BENTKUS) + Math.log(N) + logNormalTail(Math.sqrt(d / k) / 2)))
}

export const thresholdBentkus: Bound = {
  id: 'threshold-bentkus',
  kind: 'guarantee',
  level: 'reliable',
  decoder: 'threshold',
  source: 'Proposition 3 with Bentkus & Dzindzalieta 2015',
  statement: 'Threshold decoding recovers a given k-subset with probability ≥ 1 − p (sharp Gaussian tail)',
  dimension: ({ N, k, p }) => thresholdBentkusDimension(N, k, p),
}
