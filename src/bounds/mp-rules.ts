import type { Bound } from './bound.js'
import { entropyApproximation } from './entropy-approximation.js'
import { checkPositive } from './parameters.js'

/**
 * d = factor × k log2(eN/k): that many dimensions per bit of the approximated entropy. Each rule gives its factor.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and the factor is positive and finite
 * @since 0.1.0
 */
export function pursuitRule(N: number, k: number, factor: number): number {
  checkPositive(factor, 'factor')
  return (factor * entropyApproximation(N, k)) / Math.LN2
}

export const matchingPursuitEven: Bound = {
  id: 'mp-even-odds',
  kind: 'rule',
  decoder: 'matching-pursuit',
  level: 'even',
  source: 'Section 3.5, Figure 5',
  statement:
    'Matching pursuit succeeds with even odds near d = k log2(eN/k): within 15 % for k = 34 … 100 at N = 2^16 and 2^20',
  dimension: ({ N, k }) => pursuitRule(N, k, 1),
}

export const matchingPursuitReliable: Bound = {
  id: 'mp-1.3',
  kind: 'rule',
  decoder: 'matching-pursuit',
  source: 'Section 3.5, Figure 5',
  statement:
    'At d = 1.3 k log2(eN/k) matching pursuit is very reliable: at least 90 % for k ≤ 100 at N = 2^16 and 2^20',
  dimension: ({ N, k }) => pursuitRule(N, k, 1.3),
}

export const basisPursuitRule: Bound = {
  id: 'bpdn-0.8',
  kind: 'rule',
  decoder: 'bpdn',
  level: 'even',
  source: 'Appendix G, Figure 6',
  statement:
    'Basis pursuit denoising needs about d = 0.8 k log2(eN/k): 0.75 to 0.85 for k = 32 … 100 at N = 2^16',
  dimension: ({ N, k }) => pursuitRule(N, k, 0.8),
}
