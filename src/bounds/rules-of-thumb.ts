import type { Bound } from './bound.js'
import { checkSubset } from './parameters.js'

/**
 * d = 8k ln N, where threshold decoding becomes reliable (paper, Section 3.3 and Figure 3).
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function ruleThreshold(N: number, k: number): number {
  checkSubset(N, k)
  return 8 * k * Math.log(N)
}

/**
 * d = 4k ln(kN), near where top-k decoding succeeds with high probability (paper, Section 3.3 and Appendix F). 0 at k
 * = 0.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function ruleTopK(N: number, k: number): number {
  checkSubset(N, k)
  return k === 0 ? 0 : 4 * k * (Math.log(k) + Math.log(N))
}

export const thresholdRuleOfThumb: Bound = {
  id: 'rule-threshold',
  kind: 'rule',
  decoder: 'threshold',
  source: 'Section 3.3, Figure 3',
  statement:
    'd = 8k ln N marks where threshold decoding becomes reliable: 90 % is at 7.5 to 8.5 for k = 2 … ' +
    '100 at N = 2^8 … 2^20',
  dimension: ({ N, k }) => ruleThreshold(N, k),
}

export const topKRuleOfThumb: Bound = {
  id: 'rule-top-k',
  kind: 'rule',
  decoder: 'top-k',
  source: 'Section 3.3, Appendix F, Figure 3',
  statement:
    'd = 4k ln(kN) is close to where top-k decoding succeeds with high probability: 99 % is at 3.5 to ' +
    '4.5 for k = 9 … 100 at N = 2^16 and 2^20',
  dimension: ({ N, k }) => ruleTopK(N, k),
}
