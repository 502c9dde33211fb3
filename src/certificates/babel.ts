import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { requireInteger } from '../io/arguments.js'
import { gramRows } from './gram.js'

/**
 * The babel function μ₁(m): the largest Σ_{j∈S} |⟨f_i, f_j⟩| over codewords i and sets S of m others (Tropp, "Greed is
 * good", 2004, Section 2.4). μ₁(k − 1) + μ₁(k) < 1 means that OMP and basis pursuit recover every k-subset (Theorem 3.5).
 * O(N²(d + ln N)). Throws RangeError unless 0 ≤ m < N.
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
