import { batched } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import { gramFactor } from './gram.js'

/**
 * Tropp's exact recovery coefficient of a subset Λ: max over i ∉ Λ of ‖F_Λ⁺ f_i‖₁; ∞ when its codewords are dependent, 0
 * when no codeword is left outside. Below 1, OMP (by magnitude) and basis pursuit recover every signal on Λ, whatever
 * its coefficients (Tropp, "Greed is good", 2004, Theorems 3.1 and 3.3). O(k N (d + k)).
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
