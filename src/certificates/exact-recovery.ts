import { batched } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import { gramFactor } from './gram.js'

/**
 * Tropp's exact recovery coefficient of a subset Λ: the largest ‖F_Λ⁺ f_i‖₁ over i ∉ Λ. Below 1, OMP by magnitude and
 * basis pursuit recover every signal on Λ, whatever its coefficients (Tropp, "Greed is good", IEEE Trans. Information
 * Theory 50, 2004, Theorems 3.1 and 3.3). Time O(kN(d + k)).
 *
 * @param dictionary N unit codewords of length d
 * @param subset Λ: k distinct integers in [0, N), in any order
 * @returns 0 and up; ∞ where the codewords of Λ are linearly dependent, 0 where no codeword is outside of it
 * @throws RangeError for another subset
 * @since 0.1.0
 */
export function exactRecovery(dictionary: Dictionary, subset: ArrayLike<number>): number {
  const factor = gramFactor(dictionary, subset)
  if (!factor) return Infinity
  const members = new Set(Array.from(subset))
  const rows = batched(dictionary).correlateMany(Array.from(subset, (i) => dictionary.codeword(i)))
  let largest = 0
  for (let i = 0; i < dictionary.size; i++) {
    if (members.has(i)) continue
    const weights = factor.solve(rows.map((row) => row[i]))
    largest = Math.max(
      largest,
      weights.reduce((sum, w) => sum + Math.abs(w), 0),
    )
  }
  return largest
}
