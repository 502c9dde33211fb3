import type { Bound } from './bound.js'
import { checkPositive, checkProbability, checkSubset } from './parameters.js'

/**
 * d ≥ 8k(ln N + ln 1/(εp)): with probability ≥ 1 − p over the dictionary, threshold decoding recovers a fraction ≥ 1
 * − ε of all k-subsets (paper, Corollary 2). A real number; 0 at k = 0.
 * @param p failure probability, in (0, 1)
 * @param epsilon fraction that may be lost, in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, 0 < p < 1 and 0 < ε < 1
 * @since 0.1.0
 */
export function corollary2Dimension(N: number, k: number, p: number, epsilon: number): number {
  checkSubset(N, k)
  checkProbability(p)
  checkProbability(epsilon, 'epsilon')
  return 8 * k * (Math.log(N) - Math.log(epsilon) - Math.log(p))
}

/**
 * Corollary 2 solved for p: (N/ε) e^(−d/8k), at most 1. 0 at k = 0.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, d is positive and finite and 0 < ε < 1
 * @since 0.1.0
 */
export function corollary2Failure(N: number, k: number, d: number, epsilon: number): number {
  checkSubset(N, k)
  checkPositive(d, 'd')
  checkProbability(epsilon, 'epsilon')
  return Math.min(1, Math.exp(Math.log(N) - Math.log(epsilon) - d / (8 * k)))
}

export const corollary2: Bound = {
  id: 'corollary-2',
  kind: 'guarantee',
  level: 'reliable',
  decoder: 'threshold',
  source: 'Corollary 2, Section 3.3',
  statement:
    'With probability ≥ 1 − p over the dictionary, threshold decoding recovers a fraction ≥ 1 − p of all k-subsets',
  dimension: ({ N, k, p }) => corollary2Dimension(N, k, p, p),
}
