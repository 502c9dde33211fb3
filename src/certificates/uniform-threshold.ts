import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { requireInteger } from '../io/arguments.js'
import { gramRows } from './gram.js'

/** Whether threshold decoding recovers every k-subset over a dictionary, and by what margin. @since 0.1.0 */
export interface UniformThreshold {
  /** Whether threshold decoding at ½ recovers every k-subset. */
  readonly certified: boolean
  /** The largest ⟨f_i, X⟩ of a non-member over all k-subsets: certified needs it below ½. −∞ when k = N. */
  readonly nonMember: number
  /** The smallest ⟨f_i, X⟩ of a member over all k-subsets: certified needs it at least ½. ∞ when k = 0. */
  readonly member: number
}

/**
 * Decides whether threshold decoding at ½ recovers *every* k-subset of a dictionary (what Corollary 1 of the paper
 * promises for most), without going through them: for every i the k largest other entries of its Gram row must sum to
 * less than ½, and 1 plus the k − 1 smallest must be at least ½. Exact, and in integers, for a dictionary of signs.
 * Time O(N²(d + ln N)).
 *
 * @param dictionary N unit codewords of length d
 * @param k an integer, 0 ≤ k ≤ N
 * @throws RangeError for another k, and at a codeword whose norm is not 1
 * @since 0.1.0
 */
export function uniformThreshold(dictionary: Dictionary, k: number): UniformThreshold {
  checkDictionary(dictionary)
  const N = dictionary.size
  requireInteger('k', k, 0, N)
  let nonMember = -Infinity
  let member = Infinity
  for (const { i, row, unit } of gramRows(dictionary)) {
    const own = row[i]
    const others = new Float64Array(N - 1)
    others.set(row.subarray(0, i))
    others.set(row.subarray(i + 1), i)
    others.sort()
    const sum = (from: number, to: number) => others.subarray(from, to).reduce((total, x) => total + x, 0)
    if (k < N) nonMember = Math.max(nonMember, sum(N - 1 - k, N - 1) / unit)
    if (k > 0) member = Math.min(member, (own + sum(0, k - 1)) / unit)
  }
  return { certified: nonMember < 0.5 && member >= 0.5, nonMember, member }
}
