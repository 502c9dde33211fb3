import type { Failing } from './controls.js'
import { type Rule, total } from './rule.js'

/**
 * Threshold decoding at any τ: every member must reach it, and no non-member may. Whoever ties is in, so that position does
 * not matter.
 * @param tau in units where codewords have norm 1.
 */
export const thresholdRule =
  (tau = 0.5): Rule =>
  (members) => {
    const { k, d } = members
    const weights = new Float64Array(k).fill(1)
    // As the decoder does: the score in those units is compared, after rounding.
    const scores = members.codeScores()
    if (scores.some((score) => !(score / d >= tau))) return undefined
    let score = Math.floor(tau * d) - 1
    while (!(score / d >= tau)) score++
    return [{ weights, score, energy: total(scores), position: Infinity }]
  }

/** The member stays below τ. */
export const thresholdFailing = (tau = 0.5): Failing => ({
  layers: 1,
  chance:
    ({ d }) =>
    (score) =>
      score / d >= tau ? 0 : 1,
})
