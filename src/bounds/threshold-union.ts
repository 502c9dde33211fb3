import { requireInteger } from '../io/arguments.js'
import { firstInteger } from '../numerics/bisect.js'
import { logAdd } from '../numerics/log-sum.js'
import type { Bound } from './bound.js'
import { checkProbability, checkSubset } from './parameters.js'
import { signTail } from './sign-tail.js'
import { checkTau } from './threshold-asymptote.js'

/**
 * ln of the union bound on the failure of threshold decoding over a Rademacher dictionary, with exact tails: a member's
 * crosstalk is a sum of (k − 1)d fair signs and a false score one of kd, both over d, so
 *
 *     P(failure) ≤ k·P(1 + S_(k−1)d/d < τ) + (N − k)·P(S_kd/d ≥ τ).
 *
 * May exceed 0; −∞ where failure is impossible. Not monotone in d from one d to the next, since the sums live on
 * lattices.
 * @param d integer ≥ 1, with kd < 2^53
 * @param tau in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, d ≥ 1 is an integer and 0 < τ < 1
 * @since 0.1.0
 */
export function thresholdUnion(N: number, k: number, d: number, tau = 0.5): number {
  checkSubset(N, k)
  checkTau(tau)
  requireInteger('d', d, 1)
  if (!Number.isSafeInteger(k * d)) throw new RangeError(`kd must be below 2^53, not ${k * d}`)
  const bar = Math.ceil(tau * d)
  const missed = k === 0 ? -Infinity : Math.log(k) + signTail((k - 1) * d, d - bar + 1)
  const false_ = Math.log(N - k) + signTail(k * d, bar)
  return logAdd(missed, false_)
}

/**
 * The least d from which on `thresholdUnion` stays at or below ln p: an integer ≥ 1, never above what Proposition 3
 * asks for at τ = ½. NaN where kd would pass 2^53, beyond which its lattices cannot be told apart.
 * @param p failure probability, in (0, 1)
 * @param tau in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, 0 < p < 1 and 0 < τ < 1
 * @since 0.1.0
 */
export function thresholdUnionDimension(N: number, k: number, p: number, tau = 0.5): number {
  checkSubset(N, k)
  checkProbability(p)
  checkTau(tau)
  const holds = (d: number) => thresholdUnion(N, k, d, tau) <= Math.log(p)
  const narrow = Math.min(tau, 1 - tau)
  const most = enough(N, k, p, narrow)
  if (!Number.isSafeInteger(k * most)) return Number.NaN
  // One lattice step of a score is worth 4/narrow dimensions: beyond that from a crossing, no d can fail again.
  const reach = Math.ceil(4 / narrow) + 4
  let last = firstInteger(0, most, holds) + reach
  while (last > 0 && holds(last)) last--
  return last + 1
}

/**
 * A dimension from which on that union bound is below p, by Hoeffding's inequality; `narrow` is the lesser of τ and 1
 * − τ.
 */
const enough = (N: number, k: number, p: number, narrow: number): number =>
  Math.ceil((2 * k * (Math.log(N) - Math.log(p))) / narrow ** 2) + 1

export const thresholdExact: Bound = {
  id: 'threshold-union',
  kind: 'guarantee',
  level: 'reliable',
  decoder: 'threshold',
  source: 'Proposition 3 with exact binomial tails',
  statement: 'Threshold decoding recovers a given k-subset with probability ≥ 1 − p (exact union bound)',
  dimension: ({ N, k, p }) => thresholdUnionDimension(N, k, p),
  silent: ({ N, k, p }) =>
    Number.isSafeInteger(k * enough(N, k, p, 0.5))
      ? undefined
      : 'sums of 2^53 signs and more are not told apart',
}
