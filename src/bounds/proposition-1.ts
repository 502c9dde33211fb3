import type { Bound } from './bound.js'
import { logChoose } from './entropy.js'
import { checkPositive, checkProbability, checkSubset } from './parameters.js'

/**
 * The least dimension at which a decoder can succeed with probability ≥ 1 − p when Gaussian noise is added to the code:
 * d ≥ C⁻¹((1 − p) ln C(N, k) − ln 2), C = ½ ln(1 + V_X/V_Z) (paper, Proposition 1). A real number, 0 where the bound is
 * empty.
 * @param p failure probability, in (0, 1)
 * @param snr V_X/V_Z > 0: largest variance of a coordinate of FY over the noise variance of a coordinate
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, 0 < p < 1 and snr is positive and finite
 * @since 0.1.0
 */
export function proposition1Dimension(N: number, k: number, p: number, snr: number): number {
  checkSubset(N, k)
  checkProbability(p)
  return Math.max(0, ((1 - p) * logChoose(N, k) - Math.LN2) / capacity(snr))
}

/**
 * The largest success probability that Proposition 1 leaves any decoder at dimension d, in [0, 1].
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d and snr are positive and finite
 * @since 0.1.0
 */
export function proposition1Success(N: number, k: number, d: number, snr: number): number {
  checkSubset(N, k)
  checkPositive(d, 'd')
  return Math.min(1, (capacity(snr) * d + Math.LN2) / logChoose(N, k))
}

/** C, in nats per dimension. */
function capacity(snr: number): number {
  checkPositive(snr, 'snr')
  return 0.5 * Math.log1p(snr)
}

export const proposition1: Bound = {
  id: 'proposition-1',
  kind: 'converse',
  decoder: 'any',
  problem: 'with noise',
  level: 'reliable',
  source: 'Proposition 1, Section 3.1',
  statement:
    'No decoder reads the code with probability ≥ 1 − p through noise as strong as one codeword per ' +
    'coordinate (V_X/V_Z = k)',
  dimension: ({ N, k, p }) => (k === 0 ? 0 : proposition1Dimension(N, k, p, k)),
}
