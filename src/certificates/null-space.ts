import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { requireInteger } from '../io/arguments.js'
import { Cholesky } from '../numerics/cholesky.js'
import { checkEnumerable, everySubset } from '../numerics/subsets.js'
import { gramOf } from './gram.js'

/**
 * The null space constant of a dictionary: the largest share of ‖v‖₁ that k entries of a v ≠ 0 with Fv = 0 hold.
 * Below ½ if and only if basis pursuit recovers every k-sparse signal, of any signs (Donoho & Huo 2001, "Uncertainty
 * principles and ideal atomic decomposition"; Gribonval & Nielsen 2003, "Sparse representations in unions of bases",
 * both IEEE Trans. Information Theory). The share is largest on a v of minimal support, which is a codeword written
 * in a basis of codewords: goes through all C(N, r) subsets of r = rank F codewords.
 *
 * @param dictionary N codewords of length d, of any norms
 * @param k an integer, 0 ≤ k ≤ N
 * @param limit most subsets gone through, 200,000 unless given
 * @returns a number between 0 and 1; 0 where all codewords are linearly independent
 * @throws RangeError for another k, and where there are more than `limit` subsets
 * @since 0.1.0
 */
export function nullSpaceConstant(dictionary: Dictionary, k: number, limit = 200_000): number {
  checkDictionary(dictionary)
  const N = dictionary.size
  requireInteger('k', k, 0, N)
  const all = Array.from({ length: N }, (_, i) => i)
  const gram = gramOf(dictionary, all)
  const rank = independent(gram, all).size
  checkEnumerable(N, rank, limit, 'the null space constant')
  let largest = 0
  for (const basis of everySubset(N, rank)) {
    const factor = independent(gram, basis)
    if (factor.size < rank) continue
    for (const i of all) {
      if (basis.includes(i)) continue
      const weights = factor.solve(basis.map((j) => gram[i][j]))
      const sizes = [1, ...weights.map(Math.abs)].sort((a, b) => b - a)
      largest = Math.max(largest, total(sizes.slice(0, k)) / total(sizes))
    }
  }
  return largest
}

/** The Cholesky factor of as many of these codewords as are independent of those before them. */
function independent(gram: readonly Float64Array[], subset: readonly number[]): Cholesky {
  const factor = new Cholesky()
  const kept: number[] = []
  for (const i of subset) {
    if (
      factor.append(
        kept.map((j) => gram[i][j]),
        gram[i][i],
      )
    )
      kept.push(i)
  }
  return factor
}

const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0)
