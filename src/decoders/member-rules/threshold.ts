import { mapThreshold } from '../../bounds/map-boundary.js'
import type { Shape } from '../../codes/trial.js'
import { type MemberRule, total } from './bar.js'
import type { MemberFailure } from './conditional.js'

/**
 * Success of threshold decoding has a ripple of period 4 in d that moves a crossing by up to 3 dimensions: scores are
 * sums of kd signs, and the least one that passes d/2 lies 0, ½, 1 or 1½ above it. Its rate is averaged over a
 * period.
 */
export const RIPPLE = 4

/** τ, in units where codewords have norm 1; not finite only where there is nobody to tell from the others. */
type Tau = (shape: Shape) => number

/** The τ of the decoder `mapThreshold`, which takes no codeword at k = 0, and all at k = N. */
export const mapTau: Tau = ({ N, k, d }) => (k === 0 ? Infinity : mapThreshold(N, k, d))

/**
 * Threshold decoding at any τ: every member must reach it, and no non-member may. Whoever ties is in, so that
 * position does not matter.
 */
export const thresholdRule =
  (tauOf: Tau): MemberRule =>
  (members, N) => {
    const { k, d } = members
    const tau = tauOf({ N, k, d })
    if (!Number.isFinite(tau)) return []
    const weights = new Float64Array(k).fill(1)
    // As the decoder does: the score in those units is compared, after rounding.
    const scores = members.codeScores()
    if (scores.some((score) => !(score / d >= tau))) return undefined
    let score = Math.floor(tau * d) - 1
    while (!(score / d >= tau)) score++
    return [{ weights, score, energy: total(scores), position: Infinity }]
  }

/** The member stays below τ. */
export const thresholdFailing = (tauOf: Tau): MemberFailure => ({
  layers: 1,
  chance: (shape) => {
    const tau = tauOf(shape)
    return (score) => (score / shape.d >= tau ? 0 : 1)
  },
})
