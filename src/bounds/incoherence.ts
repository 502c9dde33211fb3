import { requireInteger } from '../io/arguments.js'
import { checkPositive } from './parameters.js'

/**
 * ε = 1/(2k): when |⟨f_i, f_j⟩| < ε for all pairs, threshold decoding recovers every k-subset (paper, Section 3.3,
 * where "ε = k/2" is a slip). Infinity at k = 0.
 * @throws RangeError unless k ≥ 0 is an integer
 * @since 0.1.0
 */
export function incoherenceLevel(k: number): number {
  requireInteger('k', k, 0)
  return 1 / (2 * k)
}

/**
 * The largest k that a dictionary of ε-orthogonal codewords is sure of: the largest with ε ≤ 1/(2k), for ε > 0.
 * @throws RangeError unless ε is positive and finite
 * @since 0.1.0
 */
export function incoherentSparsity(epsilon: number): number {
  checkPositive(epsilon, 'epsilon')
  const k = Math.round(1 / (2 * epsilon))
  return incoherenceLevel(k) >= epsilon ? k : k - 1
}
