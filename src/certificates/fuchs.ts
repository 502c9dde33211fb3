import { batched } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import { requireFlag } from '../io/arguments.js'
import { gramFactor } from './gram.js'

/**
 * Fuchs' coefficient of a subset Λ whose coefficients are positive: the largest |⟨f_i, F_Λ(F_ΛᵀF_Λ)⁻¹1⟩| over i ∉ Λ.
 * Below 1, basis pursuit recovers every positive signal on Λ, and the support of BPDN is Λ for small enough α (Fuchs,
 * "On sparse representations in arbitrary redundant bases", IEEE Trans. Information Theory 50, 2004). At most
 * `exactRecovery` of the same Λ. Time O(Nd + k²(d + k)).
 *
 * @param dictionary N unit codewords of length d
 * @param subset Λ: k distinct integers in [0, N), in any order
 * @param nonnegative without the absolute value: the condition for basis pursuit over y ≥ 0
 * @returns ∞ where the codewords of Λ are linearly dependent, −∞ where no codeword is outside of it
 * @throws RangeError for another subset
 * @since 0.1.0
 */
export function fuchs(dictionary: Dictionary, subset: ArrayLike<number>, nonnegative = false): number {
  requireFlag('nonnegative', nonnegative)
  const factor = gramFactor(dictionary, subset)
  if (!factor) return Infinity
  const many = batched(dictionary)
  const weights = factor.solve(new Float64Array(subset.length).fill(1))
  const [scores] = many.correlateMany([many.combine(subset, weights)])
  const members = new Set(Array.from(subset))
  let largest = -Infinity
  for (let i = 0; i < scores.length; i++) {
    if (!members.has(i)) largest = Math.max(largest, nonnegative ? scores[i] : Math.abs(scores[i]))
  }
  return largest
}
