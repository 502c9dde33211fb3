import { requireFinite } from '../io/arguments.js'
import type { Bound } from './bound.js'
import { checkPositive, checkSubset } from './parameters.js'

/**
 * γ_opt = (N − d)/(d(N − 1)) for d < N, else 0: the least mean squared inner product of distinct codewords of any
 * unit-norm dictionary, met by tight frames (Welch 1974; Benedetto & Fickus 2003). It settles Claim 1 (paper, Section
 * 3.4).
 * @param d dimension ≥ 1
 * @throws RangeError unless N ≥ 1 is an integer, and d ≥ 1 is finite
 * @since 0.1.0
 */
export function leastInterference(N: number, d: number): number {
  checkSubset(N, 0)
  requireFinite('d', d)
  if (d < 1) throw new RangeError(`d must be at least 1, not ${d}`)
  return d >= N ? 0 : (N - d) / (d * (N - 1))
}

/**
 * The d at which `leastInterference` is γ > 0: N/(1 + γ(N − 1)).
 * @throws RangeError unless N ≥ 1 is an integer, and γ is positive and finite
 * @since 0.1.0
 */
export function interferenceDimension(N: number, gamma: number): number {
  checkSubset(N, 0)
  checkPositive(gamma, 'gamma')
  return N / (1 + gamma * (N - 1))
}

/**
 * κ(r) of Claim 1: γ_opt·d = κ(d/N)·N/(N − 1) with κ(r) = 1 − r, and 0 beyond r = 1.
 * @throws RangeError unless r is positive and finite
 * @since 0.1.0
 */
export function kappa(r: number): number {
  checkPositive(r, 'r')
  return Math.max(0, 1 - r)
}

/**
 * √γ_opt, which the coherence max |⟨f_i, f_j⟩| of no unit-norm dictionary is below (Welch 1974).
 * @throws RangeError unless N ≥ 1 is an integer, and d ≥ 1 is finite
 * @since 0.1.0
 */
export const leastCoherence = (N: number, d: number): number => Math.sqrt(leastInterference(N, d))

/**
 * The least whole d at which unit codewords can have a coherence below 1/(2k − 1): the least d > N/(1 + (N − 1)/(2k −
 * 1)²), for at equality the coherence is 1/(2k − 1) at least. In exact integers; 0 at k = 0 and N = 1.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function welchDimension(N: number, k: number): number {
  checkSubset(N, k)
  if (k === 0 || N === 1) return 0
  const [size, square] = [BigInt(N), (2n * BigInt(k) - 1n) ** 2n]
  return Number((size * square) / (square + size - 1n) + 1n)
}

export const welch: Bound = {
  id: 'welch',
  kind: 'converse',
  decoder: 'coherence guarantee',
  problem: 'every subset, any dictionary',
  source: 'Welch 1974; Section 3.4',
  statement:
    'No dictionary of fewer dimensions has a coherence small enough to guarantee every k-subset: μ < 1/(2k − 1)',
  dimension: ({ N, k }) => welchDimension(N, k),
}

export const orthogonalWhenWide: Bound = {
  id: 'orthogonal-when-wide',
  kind: 'guarantee',
  decoder: 'any',
  problem: 'some dictionary',
  source: 'Section 3.4',
  statement:
    'From d = N on some dictionary (no random one) is orthonormal, and over it one-step decoding is ' +
    'exact for every k-subset',
  dimension: ({ N }) => N,
}
