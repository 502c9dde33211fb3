import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { unexplained } from '../decode-report.js'
import { pursue } from '../greedy/matching-pursuit.js'
import { largest } from '../largest.js'

/**
 * A k-subset that holds the members found so far, the best k of them if there are more, and what unit-step matching
 * pursuit adds to them; undefined when its encoding is not the code.
 * @param weights how sure each member is.
 */
export function completed(
  dictionary: BatchedDictionary,
  code: Float64Array,
  k: number,
  members: readonly number[],
  weights: readonly number[],
): number[] | undefined {
  const kept = largest(weights, Math.min(k, members.length)).map((m) => members[m])
  const encoded = dictionary.superpose(kept)
  const rest = code.map((entry, j) => entry - encoded[j])
  const answer = [...new Set([...kept, ...pursue(dictionary, [rest], k - kept.length, 'unit')[0]])]
  return answer.length === k && unexplained(dictionary, code, answer) === 0 ? answer : undefined
}
