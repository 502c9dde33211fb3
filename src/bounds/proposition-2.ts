import type { Bound } from './bound.js'
import { checkPositive, checkProbability, checkSubset } from './parameters.js'

/**
 * d > 2ε⁻²(2 ln N + ln 1/p) makes every pair of distinct codewords of a Rademacher dictionary satisfy |⟨f_i, f_j⟩| < ε
 * with probability ≥ 1 − p (paper, Proposition 2). Returns the right-hand side, a real number.
 * @param p failure probability, in (0, 1)
 * @param epsilon in (0, ∞); vacuous above 1
 * @throws RangeError unless N ≥ 1 is an integer, 0 < p < 1 and ε is positive and finite
 * @since 0.1.0
 */
export function proposition2Dimension(N: number, p: number, epsilon: number): number {
  checkSubset(N, 0)
  checkProbability(p)
  checkPositive(epsilon, 'epsilon')
  return (2 * (2 * Math.log(N) - Math.log(p))) / epsilon ** 2
}

/**
 * Proposition 2 solved for p: N² e^(−dε²/2), at most 1.
 * @throws RangeError unless N ≥ 1 is an integer, and d and ε are positive and finite
 * @since 0.1.0
 */
export function proposition2Failure(N: number, d: number, epsilon: number): number {
  checkSubset(N, 0)
  checkPositive(d, 'd')
  checkPositive(epsilon, 'epsilon')
  return Math.min(1, Math.exp(2 * Math.log(N) - (d * epsilon ** 2) / 2))
}

/**
 * Proposition 2 solved for ε: √(2(2 ln N + ln 1/p)/d).
 * @throws RangeError unless N ≥ 1 is an integer, 0 < p < 1 and d is positive and finite
 * @since 0.1.0
 */
export function proposition2Epsilon(N: number, d: number, p: number): number {
  checkPositive(d, 'd')
  return Math.sqrt(proposition2Dimension(N, p, 1) / d)
}

export const proposition2: Bound = {
  id: 'proposition-2',
  kind: 'guarantee',
  problem: 'every subset',
  level: 'reliable',
  decoder: 'threshold',
  source: 'Proposition 2, Section 3.3',
  statement:
    'With probability ≥ 1 − p all pairs of codewords are ε-orthogonal, with the ε = 1/(2k) that ' +
    'threshold decoding needs',
  dimension: ({ N, k, p }) => (k === 0 ? 0 : proposition2Dimension(N, p, 1 / (2 * k))),
}
