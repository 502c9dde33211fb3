import type { Dictionary } from '../codes/problem.js'
import { gramRows } from './gram.js'

/**
 * Coherence μ: the largest |⟨f_i, f_j⟩| over distinct unit codewords, 0 for a single one. The nearest double to an exact
 * fraction for a dictionary of signs. O(N²d).
 *
 * μ < 1/(2k − 1) means that top-k, matching pursuit, OMP and basis pursuit recover every k-subset (Tropp, "Greed is
 * good", IEEE Trans. Inf. Theory 50, 2004, Corollary 3.6); μ < 1/(2k) that threshold decoding does (Section 3.3).
 */
export function coherence(dictionary: Dictionary): number {
  let largest = 0
  for (const { i, row, unit } of gramRows(dictionary)) {
    for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(row[j]) / unit)
  }
  return largest
}
