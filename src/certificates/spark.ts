import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { RademacherDictionary } from '../codes/rademacher.js'
import { checkEnumerable, everySubset } from '../numerics/subsets.js'
import { gramFactor } from './gram.js'

/**
 * The spark of a dictionary: the smallest number of linearly dependent codewords (Donoho & Elad, "Optimally sparse
 * representation in general (nonorthogonal) dictionaries via ℓ1 minimization", PNAS 100, 2003). A code of k codewords
 * has no other representation by k or fewer codewords iff k < spark/2. Goes through subsets by rising size; decided
 * in exact integers for a dictionary of signs, otherwise up to 1e-10 of a squared norm.
 *
 * @param dictionary N codewords of length d, of any norms
 * @param limit most subsets of one size gone through, 200,000 unless given
 * @returns an integer between 1 and d + 1; ∞ where all N are independent
 * @throws RangeError where `limit` is not enough
 * @since 0.1.0
 */
export function spark(dictionary: Dictionary, limit = 200_000): number {
  checkDictionary(dictionary)
  const { size: N, dimension: d } = dictionary
  const dependent =
    dictionary instanceof RademacherDictionary
      ? (subset: readonly number[]) => dependentIntegers(subset.map((i) => dictionary.signs(i)))
      : (subset: readonly number[]) => !gramFactor(dictionary, subset)
  for (let size = 1; size <= Math.min(N, d); size++) {
    checkEnumerable(N, size, limit, `the spark, above ${size - 1},`)
    for (const subset of everySubset(N, size)) if (dependent(subset)) return size
  }
  return N > d ? d + 1 : Infinity
}

/** Whether integer vectors are linearly dependent, by fraction-free elimination (Bareiss 1968). */
function dependentIntegers(vectors: readonly ArrayLike<number>[]): boolean {
  const rows = vectors.map((v) => Array.from(v, BigInt))
  let previous = 1n
  for (let r = 0; r < rows.length; r++) {
    const column = rows[r].findIndex((entry) => entry !== 0n)
    if (column < 0) return true
    const pivot = rows[r][column]
    for (let below = r + 1; below < rows.length; below++) {
      const factor = rows[below][column]
      rows[below] = rows[below].map((entry, j) => (entry * pivot - factor * rows[r][j]) / previous)
    }
    previous = pivot
  }
  return false
}
