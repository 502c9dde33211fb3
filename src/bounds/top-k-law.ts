import { requireFinite } from '../io/arguments.js'
import type { Bound } from './bound.js'
import { logOutside } from './parameters.js'
import { checkTheta } from './threshold-asymptote.js'

/**
 * d = 2k(√ln(N − k) + √ln k)²: where the least of k members' scores passes the largest of N − k false ones as N
 * grows. A real number; 0 at k = 0 and where nothing is outside the subset.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function topKLaw(N: number, k: number): number {
  const outside = logOutside(N, k)
  return k === 0 || k === N ? 0 : 2 * k * (Math.sqrt(outside) + Math.sqrt(Math.log(k))) ** 2
}

/**
 * Its dims per bit as N grows with θ = ln k/ln N in [0, 1) fixed: 2 ln 2 (1 + √θ)/(1 − √θ), which is 1.386 at θ = 0
 * and passes the 4 ln 2 = 2.77 of Equation 4 at θ = 1/9.
 * @throws RangeError unless 0 ≤ θ < 1
 * @since 0.1.0
 */
export function topKAsymptoticDimsPerBit(theta: number): number {
  checkTheta(theta)
  const root = Math.sqrt(theta)
  return (2 * Math.LN2 * (1 + root)) / (1 - root)
}

/**
 * The inverse: the θ at which top-k needs that many dims per bit, at least 2 ln 2.
 * @throws RangeError unless dimsPerBit ≥ 2 ln 2 is finite
 * @since 0.1.0
 */
export function topKExponent(dimsPerBit: number): number {
  const least = 2 * Math.LN2
  requireFinite('dimsPerBit', dimsPerBit)
  if (dimsPerBit < least)
    throw new RangeError(`dimsPerBit must be at least 2 ln 2 for top-k, not ${dimsPerBit}`)
  return ((dimsPerBit - least) / (dimsPerBit + least)) ** 2
}

export const topKLimit: Bound = {
  id: 'top-k-law',
  kind: 'asymptote',
  decoder: 'top-k',
  source: 'Extreme values of the crosstalk, Equation 3',
  level: 'even',
  statement: 'Top-k decoding succeeds from d = 2k(√ln(N − k) + √ln k)² on, and not below, as k and N grow',
  dimension: ({ N, k }) => topKLaw(N, k),
}
