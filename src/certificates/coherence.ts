import type { Dictionary } from '../codes/problem.js'
import { gramRows } from './gram.js'

/**
 * The coherence μ of a dictionary: the largest |⟨f_i, f_j⟩| over distinct codewords. μ < 1/(2k − 1) means that top-k,
 * matching pursuit, OMP and basis pursuit recover every k-subset (Tropp, "Greed is good", IEEE Trans. Information
 * Theory 50, 2004, Corollary 3.6; `coherenceLevel`); μ < 1/(2k) that threshold decoding does (the paper, Section
 * 3.3). No less than `leastCoherence(N, d)`. Time O(N²d).
 *
 * @param dictionary N unit codewords of length d
 * @returns a number between 0 and 1, 0 where N = 1; for a dictionary of signs the double nearest to the exact fraction
 * @throws RangeError at a codeword whose norm is not 1
 * @since 0.1.0
 */
export function coherence(dictionary: Dictionary): number {
  let largest = 0
  for (const { i, row, unit } of gramRows(dictionary)) {
    for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(row[j]) / unit)
  }
  return largest
}
