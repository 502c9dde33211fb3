import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { requireInteger } from '../io/arguments.js'
import { checkEnumerable, everySubset } from '../numerics/subsets.js'
import { symmetricEigen } from '../numerics/symmetric-eigen.js'
import { gramOf } from './gram.js'

/**
 * The restricted isometry constant δ_k of a dictionary: the least δ with (1 − δ)‖y‖² ≤ ‖Fy‖² ≤ (1 + δ)‖y‖² for every
 * k-sparse y, by the eigenvalues of all C(N, k) subsets' Gram matrices (Candès & Tao, "Decoding by linear
 * programming", IEEE Trans. Information Theory 51, 2005, Definition 1.1). δ_{k+1} < 1/√(k + 1) means that OMP
 * recovers every k-subset (Mo 2015; sharp), δ_{2k} < 1/√2 that basis pursuit does (Cai & Zhang 2014; sharp).
 *
 * @param dictionary N codewords of length d, of any norms
 * @param k an integer, 1 ≤ k ≤ N
 * @param limit most subsets gone through, 200,000 unless given
 * @returns 0 and up, to about 1e-14
 * @throws RangeError for another k, and where C(N, k) is above `limit`
 * @since 0.1.0
 */
export function restrictedIsometry(dictionary: Dictionary, k: number, limit = 200_000): number {
  checkDictionary(dictionary)
  const N = dictionary.size
  requireInteger('k', k, 1, N)
  checkEnumerable(N, k, limit, `δ_${k}`)
  const gram = gramOf(
    dictionary,
    Array.from({ length: N }, (_, i) => i),
  )
  let delta = 0
  for (const subset of everySubset(N, k)) {
    const products = Float64Array.from(
      { length: k * k },
      (_, at) => gram[subset[Math.trunc(at / k)]][subset[at % k]],
    )
    const { values } = symmetricEigen(products, k, false)
    delta = Math.max(delta, 1 - values[0], values[k - 1] - 1)
  }
  return delta
}
