import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { requireInteger } from '../io/arguments.js'
import { gramRows } from './gram.js'

/**
 * The babel function μ₁(m) of a dictionary, the cumulative coherence: the largest Σ_{j∈S} |⟨f_i, f_j⟩| over codewords
 * i and sets S of m others (Tropp, "Greed is good: algorithmic results for sparse approximation", IEEE Trans.
 * Information Theory 50, 2004, Section 2.4). μ₁(1) is the coherence. μ₁(k − 1) + μ₁(k) < 1 means that OMP and basis
 * pursuit recover every k-subset (Theorem 3.5). Time O(N²(d + ln N)).
 *
 * @param dictionary N unit codewords of length d
 * @param m an integer, 0 ≤ m < N
 * @returns a number between 0 and m; for a dictionary of signs exact but for one rounding
 * @throws RangeError for another m, and at a codeword whose norm is not 1
 * @since 0.1.0
 */
export function babel(dictionary: Dictionary, m: number): number {
  checkDictionary(dictionary)
  requireInteger('m', m, 0, dictionary.size - 1)
  let largest = 0
  for (const { i, row, unit } of gramRows(dictionary)) {
    row[i] = 0
    const sorted = row.map(Math.abs).sort()
    let sum = 0
    for (let j = 1; j <= m; j++) sum += sorted[sorted.length - j]
    largest = Math.max(largest, sum / unit)
  }
  return largest
}
