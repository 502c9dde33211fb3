import { exponential } from '../../../numerics/exp.js'
import { logComplement } from '../../../statistics/rare-count.js'
import { type GeneralDraw, others, type Reads } from './reads.js'

/**
 * Reading by a bar: i is chosen iff ⟨f_i, X⟩ ≥ τ, where τ may depend on what the decoder knows, ‖X‖ too. Non-members
 * cross it independently.
 * @param tauOf in units where codewords have norm 1; ∞ where nothing is chosen
 */
export const barReads =
  (tauOf: (draw: GeneralDraw) => number) =>
  (draw: GeneralDraw): Reads => {
    const { scores, law, shape } = draw
    const tau = tauOf(draw)
    const hits = scores.reduce((count, score) => count + Number(score / shape.d >= tau), 0)
    const q = exponential(law.logTail(leastReaching(tau, shape.d, law.method)))
    const n = others(draw)
    const none = n === 0 ? 1 : exponential(n * logComplement(Math.min(q, 1)))
    return { exact: hits === scores.length ? none : 0, hits, falsePositives: n * q }
  }

/** The least score that, divided by d and rounded, reaches τ, as decoders compare; on no lattice just τd. */
function leastReaching(tau: number, d: number, method: string): number {
  if (method !== 'lattice') return tau * d
  let score = Math.floor(tau * d) - 1
  while (!(score / d >= tau)) score++
  return score
}
