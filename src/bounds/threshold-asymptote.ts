import { requireNumber } from '../io/arguments.js'
import type { Bound } from './bound.js'
import { checkProbability, fewOutside, logOutside } from './parameters.js'

/**
 * Where threshold decoding at τ becomes reliable as N grows: the largest of N − k false scores of variance k/d stays
 * below τ, and the least of k members' scores, 1 plus crosstalk of variance (k − 1)/d, above it. So d is the larger
 * of 2k ln(N − k)/τ² and 2(k − 1) ln k/(1 − τ)²: 8k ln(N − k) → 8k ln N at τ = ½ and k ≪ N. The best τ gives
 * `topKLaw`. A real number; 0 at k = 0.
 * @param tau in (0, 1)
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and 0 < τ < 1
 * @since 0.1.0
 */
export function thresholdAsymptote(N: number, k: number, tau = 0.5): number {
  checkTau(tau)
  const outside = (2 * k * logOutside(N, k)) / tau ** 2
  return k < 2 ? outside : Math.max(outside, (2 * (k - 1) * Math.log(k)) / (1 - tau) ** 2)
}

/**
 * Its dims per bit at τ = ½ as N grows with θ = ln k/ln N in [0, 1) fixed: 8 ln 2/(1 − θ), never below 5.55.
 * @throws RangeError unless 0 ≤ θ < 1
 * @since 0.1.0
 */
export function thresholdAsymptoticDimsPerBit(theta: number): number {
  checkTheta(theta)
  return (8 * Math.LN2) / (1 - theta)
}

/** Throws RangeError unless 0 < τ < 1. */
export function checkTau(tau: number): void {
  checkProbability(tau, 'tau')
}

/** Throws RangeError unless 0 ≤ θ < 1. */
export function checkTheta(theta: number): void {
  requireNumber('theta', theta)
  if (!(theta >= 0 && theta < 1)) throw new RangeError(`theta must be at least 0 and below 1, not ${theta}`)
}

export const thresholdLimit: Bound = {
  id: 'threshold-asymptote',
  kind: 'asymptote',
  decoder: 'threshold',
  source: 'Extreme values of the crosstalk, Equation 3',
  level: 'even',
  statement:
    'Threshold decoding needs the larger of d = 8k ln(N − k), 8 ln 2/(1 − ln k/ln N) dims per bit, and ' +
    '8(k − 1) ln k, as k and N grow',
  dimension: ({ N, k }) => thresholdAsymptote(N, k),
  silent: fewOutside,
}
