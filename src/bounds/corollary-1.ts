import type { Bound } from './bound.js'
import { checkSubset } from './parameters.js'
import { proposition2Dimension, proposition2Failure } from './proposition-2.js'

/**
 * d ≥ 8k²(2 ln N + ln 1/p): with probability ≥ 1 − p over the dictionary, threshold decoding recovers every k-subset
 * (paper, Corollary 1). A real number; 0 at k = 0.
 * @param p failure probability, in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and 0 < p < 1
 * @since 0.1.0
 */
export function corollary1Dimension(N: number, k: number, p: number): number {
  checkSubset(N, k)
  return k * k * proposition2Dimension(N, p, 0.5)
}

/**
 * Corollary 1 solved for p: N² e^(−d/(8k²)), at most 1. k ≥ 1.
 * @throws RangeError unless 1 ≤ k ≤ N are integers, and d is positive and finite
 * @since 0.1.0
 */
export function corollary1Failure(N: number, k: number, d: number): number {
  checkSubset(N, k)
  return proposition2Failure(N, d, 1 / (2 * k))
}

export const corollary1: Bound = {
  id: 'corollary-1',
  kind: 'guarantee',
  problem: 'every subset',
  level: 'reliable',
  decoder: 'threshold',
  source: 'Corollary 1, Section 3.3',
  statement: 'With probability ≥ 1 − p over the dictionary, threshold decoding recovers every k-subset',
  dimension: ({ N, k, p }) => corollary1Dimension(N, k, p),
}
