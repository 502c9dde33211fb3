import type { Bound } from './bound.js'
import { checkPositive, checkProbability, checkSubset } from './parameters.js'

/**
 * d ≥ 8k(ln N + ln 1/p): threshold decoding recovers a given k-subset with probability ≥ 1 − p over the dictionary
 * (paper, Proposition 3). A real number; 0 at k = 0.
 * @param p failure probability, in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and 0 < p < 1
 * @since 0.1.0
 */
export function proposition3Dimension(N: number, k: number, p: number): number {
  checkSubset(N, k)
  checkProbability(p)
  return 8 * k * (Math.log(N) - Math.log(p))
}

/**
 * The bound of the proof: P(failure) ≤ N e^(−d/8k), at most 1 (paper, Appendix E). 0 at k = 0.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d is positive and finite
 * @since 0.1.0
 */
export function proposition3Failure(N: number, k: number, d: number): number {
  checkSubset(N, k)
  checkPositive(d, 'd')
  return Math.min(1, Math.exp(Math.log(N) - d / (8 * k)))
}

export const proposition3: Bound = {
  id: 'proposition-3',
  kind: 'guarantee',
  level: 'reliable',
  decoder: 'threshold',
  source: 'Proposition 3, Section 3.3',
  statement: 'Threshold decoding recovers a given k-subset with probability ≥ 1 − p',
  dimension: ({ N, k, p }) => proposition3Dimension(N, k, p),
}
