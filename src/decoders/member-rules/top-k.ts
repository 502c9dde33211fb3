import { logNormalTail } from '../../statistics/normal.js'
import { type MemberRule, total } from './bar.js'
import type { MemberFailure } from './conditional.js'

/**
 * Top-k decoding: no non-member may come before the last of the members, the one of least score and, among those, of
 * largest index.
 */
export const topKRule: MemberRule = (members) => {
  const { k, positions } = members
  if (k === 0) return []
  const weights = new Float64Array(k).fill(1)
  const scores = members.codeScores()
  let last = 0
  for (let m = 1; m < k; m++) {
    if (scores[m] < scores[last] || (scores[m] === scores[last] && positions[m] > positions[last])) last = m
  }
  return [{ weights, score: scores[last], energy: total(scores), position: positions[last] }]
}

/** Some non-member scores more than this member: Gauss's tail, with the kurtosis of a sum of k signs. */
export const topKFailing: MemberFailure = {
  layers: 8,
  chance: ({ N, k, d }) => {
    const kurtosis = (6 - 4 / k) / d
    return (score, energy) => {
      const x = score / Math.sqrt(energy)
      const logTail = logNormalTail(x) - (x > 0 ? (kurtosis * x ** 4) / 24 : 0)
      return -Math.expm1(-Math.exp(Math.min(700, Math.log(N - k) + logTail)))
    }
  },
}
