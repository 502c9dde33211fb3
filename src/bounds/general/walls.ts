import { summit, trapezoid } from '../../numerics/roots-and-quadrature.js'
import { logBinomial } from '../../statistics/binomial-tail.js'
import { normalDensity } from '../../statistics/normal.js'
import { signCumulant } from '../chernoff.js'
import type { ModelProblem } from './model-problem.js'

/**
 * d(1 − η): what Σ corr²(A_i, ⟨w_i, X⟩) over all codewords exceeds for no encoder w, for unit codewords and
 * uncorrelated A_i. For a uniform subset, whose A_i are not quite uncorrelated, N/(N − 1) times that.
 *
 * With C = Σ v_i f_i f_iᵀ + σ²I the best w_i is C⁻¹f_i, which gives x_i = v_i f_iᵀC⁻¹f_i, and Σ x_i = tr C⁻¹(C − σ²I) =
 * d − σ² tr C⁻¹, where tr C⁻¹ ≥ d²/tr C and tr C = E‖X‖².
 */
export const correlationWall = ({ N, noise, activity }: ModelProblem, d: number): number =>
  d * (1 - noise) * (activity.kind === 'subset' ? N / (N - 1) : 1)

/** (1 − η)/(2 ln 2) = 0.72(1 − η): bits per dimension of scores that are A_i plus independent Gaussian noise. */
export const separateBits = ({ noise }: ModelProblem): number => (1 - noise) / (2 * Math.LN2)

/** Where the wall of separate scores holds of top-k too, by measurement. */
export const MANY_ACTIVE = 16

/**
 * (k/ln 2)·sup_h {h − E ln cosh h(W_k + g√(kη/(1 − η)))}: bits per dimension of top-k over independent signs,
 * amplitudes 1, as N grows at a fixed k; W_k is a sum of k signs. About 0.72(1 − η)(1 + (1 − η)/2k).
 */
export function topKBitsPerDimension(k: number, noise: number): number {
  const s = Math.sqrt((k * noise) / (1 - noise))
  const mean = (h: number) => {
    let sum = 0
    for (let j = 0; j <= k; j++) {
      const share = Math.exp(logBinomial(k, j))
      if (share > 1e-18) sum += share * smoothed(h, 2 * j - k, s)
    }
    return sum
  }
  return (k / Math.LN2) * summit((h) => h - mean(h), 1e-3 / k, 40)
}

/** E ln cosh h(w + s·g). */
const smoothed = (h: number, w: number, s: number): number =>
  s === 0
    ? signCumulant(h * w)
    : trapezoid((g) => normalDensity(g) * signCumulant(h * (w + s * g)), -9, 9, 0.25)
