import { requireInteger } from '../io/arguments.js'
import { firstInteger } from '../numerics/bisect.js'
import { logSum } from '../numerics/log-sum.js'
import { summit } from '../numerics/roots-and-quadrature.js'
import { logBinomial } from '../statistics/binomial-tail.js'
import type { Bound } from './bound.js'
import { logChoose } from './entropy.js'
import { checkProbability, checkSubset } from './parameters.js'

/**
 * ln of the union bound on the failure of ideal decoding without noise, on average over Rademacher dictionaries: a
 * subset with j other members has the same code with probability P(S_2j = 0)^d, S_n a sum of n fair signs, so
 *
 *     P(failure) ≤ Σ_j C(k, j)·C(N − k, j)·P(S_2j = 0)^d.
 *
 * May exceed 0; −∞ at k = 0 and k = N.
 * @param d integer ≥ 1
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d ≥ 1 is an integer
 * @since 0.1.0
 */
export function idealFailure(N: number, k: number, d: number): number {
  check(N, k, d)
  return logSum(collisions(N, k).map(({ pairs, same }) => pairs + d * same))
}

/**
 * Of each number j of other members from 1 on: ln of how many subsets have it, and of the chance that they share a
 * coordinate.
 */
const collisions = (N: number, k: number) =>
  Array.from({ length: Math.min(k, N - k) }, (_, i) => ({
    pairs: logChoose(k, i + 1) + logChoose(N - k, i + 1),
    same: logBinomial(2 * i + 2, i + 1),
  }))

/** Most terms of the union that a plan sums. */
const TERMS = 4096

/**
 * The least integer d at which that union bound is at most p in (0, 1); 0 at k = 0 and k = N, NaN where k and N − k
 * exceed 4096.
 */
export function idealDimension(N: number, k: number, p: number): number {
  checkSubset(N, k)
  checkProbability(p)
  const others = Math.min(k, N - k)
  if (others === 0) return 0
  if (others > TERMS) return Number.NaN
  const terms = collisions(N, k)
  // There every term is at most its share of p.
  const enough = terms.reduce(
    (most, { pairs, same }) => Math.max(most, (pairs + Math.log(others / p)) / -same),
    1,
  )
  const failure = (d: number) => logSum(terms.map(({ pairs, same }) => pairs + d * same))
  return firstInteger(0, Math.ceil(enough), (d) => failure(d) <= Math.log(p))
}

/**
 * ln of what the success of no decoder exceeds without noise, on average over Rademacher dictionaries and subsets (a
 * strong converse; Fano's inequality is `countingSuccess`). With Q the law of a code's coordinates, sums of k fair
 * signs, at most e^a codes x have Q(x) ≥ e^−a, so that
 *
 *     P(success) ≤ e^a/C(N, k) + P(−ln Q(X) > a) ≤ e^a/C(N, k) + e^−sa·(Σ_x Q(x)^(1−s))^d
 *
 * for every a and every s > 0; taken at the best of both. At most 0.
 * @param d integer ≥ 1
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d ≥ 1 is an integer
 * @since 0.1.0
 */
export function idealSuccess(N: number, k: number, d: number): number {
  check(N, k, d)
  const entropy = logChoose(N, k)
  const laws = Array.from({ length: k + 1 }, (_, j) => logBinomial(k, j))
  const best = summit(
    (s) => {
      const moment = d * logSum(laws.map((logQ) => (1 - s) * logQ))
      return (s * entropy - moment - Math.log(s)) / (1 + s) - Math.log1p(1 / s)
    },
    1e-4,
    1,
  )
  return Math.min(0, -best)
}

export const idealDecoding: Bound = {
  id: 'ideal-decoding',
  kind: 'guarantee',
  level: 'reliable',
  decoder: 'maximum-likelihood',
  source: 'Exact union bound over the subsets that share a code; Section 3.5',
  statement:
    'Maximum likelihood, where one can afford it, recovers a given k-subset with probability ≥ 1 − p',
  dimension: ({ N, k, p }) => idealDimension(N, k, p),
  silent: ({ N, k }) =>
    Math.min(k, N - k) > TERMS ? `the union is summed for k or N − k up to ${TERMS}` : undefined,
}

function check(N: number, k: number, d: number): void {
  checkSubset(N, k)
  requireInteger('d', d, 1)
}
