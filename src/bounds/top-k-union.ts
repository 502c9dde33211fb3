import { requireInteger } from '../io/arguments.js'
import { logBinomial, logSignTail } from '../statistics/binomial-tail.js'
import type { Bound } from './bound.js'
import { checkProbability, checkSubset } from './parameters.js'

/** A term e^−40 times the largest adds nothing to a sum of doubles. */
const NEGLIGIBLE = 40

/**
 * ln of the union bound on the failure of top-k decoding over a Rademacher dictionary, ties counted as failures, with
 * exact tails: a member scores more than a non-member by twice B + S_(k−1)B over d, with B of the d coordinates
 * telling the two apart and S_n a sum of n fair signs,
 *
 *     P(failure) ≤ k(N − k)·E P(S_(k−1)B ≥ B),  B ~ Bin(d, ½).
 *
 * May exceed 0; −∞ at k = 0 and k = N.
 * @param d integer ≥ 1, with kd < 2^53
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d ≥ 1 is an integer
 * @since 0.1.0
 */
export function topKUnion(N: number, k: number, d: number): number {
  checkSubset(N, k)
  requireInteger('d', d, 1)
  if (k === 0) return -Infinity
  if (k === 1) return Math.log(N - 1) - d * Math.LN2
  // The terms rise to one summit below the middle and fall: those that a double does not see are left out.
  const term = (b: number) => logBinomial(d, b) + logSignTail((k - 1) * b, b)
  const middle = Math.floor(d / 2)
  let [largest, sum] = [term(middle), 1]
  for (const step of [-1, 1]) {
    for (let b = middle + step; b >= 0 && b <= d; b += step) {
      const log = term(b)
      if (log > largest) [largest, sum] = [log, sum * Math.exp(largest - log) + 1]
      else sum += Math.exp(log - largest)
      if (log < largest - NEGLIGIBLE) break
    }
  }
  return Math.log(k) + Math.log(N - k) + largest + Math.log(sum)
}

/**
 * d = 4k(ln(kN) + ln 1/p), which makes that bound at most p by Chernoff's: E e^(−B/(2(k − 1))) ≤ e^(−d/4k) for k ≥ 2.
 * It is the sufficient dimension of the paper's Appendix F with its missing factor k. A real number; 0 at k = 0.
 * @param p failure probability, in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and 0 < p < 1
 * @since 0.1.0
 */
export function topKUnionDimension(N: number, k: number, p: number): number {
  checkSubset(N, k)
  checkProbability(p)
  return k === 0 ? 0 : 4 * k * (Math.log(k) + Math.log(N) - Math.log(p))
}

export const topKGuarantee: Bound = {
  id: 'top-k-union',
  kind: 'guarantee',
  level: 'reliable',
  decoder: 'top-k',
  source: 'Appendix F, with its factor k',
  statement: 'Top-k decoding recovers a given k-subset with probability ≥ 1 − p',
  dimension: ({ N, k, p }) => topKUnionDimension(N, k, p),
}
