import { requireReal } from '../io/arguments.js'
import { logNormalTail } from '../statistics/normal.js'
import type { Bound } from './bound.js'
import { mapThreshold } from './map-boundary.js'
import { dimensionAt, type Outcome } from './outcome.js'
import { checkPositive, checkSubset } from './parameters.js'
import { checkTau } from './threshold-asymptote.js'

/** A threshold τ in (0, 1), or any that depends on d. @since 0.1.0 */
export type Tau = number | ((d: number) => number)

/**
 * Success and failure of threshold decoding, taking all scores as independent and Gaussian: members' of mean 1 and
 * variance (k − 1)/d, the others' of mean 0 and variance k/d. Within 1.5 % of d50 as measured (reports/d50.md) at k =
 * 5, within 0.7 % from k = 10 on.
 * @param d real, positive
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, d is positive and finite, and 0 < τ < 1 or, where it
 * depends on d, is a number or infinite
 * @since 0.1.0
 */
export function thresholdFinite(N: number, k: number, d: number, tau: Tau = 0.5): Outcome {
  checkSubset(N, k)
  checkPositive(d, 'd')
  const bar = typeof tau === 'function' ? tau(d) : tau
  if (typeof tau === 'function') requireReal('tau', bar)
  else checkTau(tau)
  const members = k === 0 ? 0 : k * logNormalTail(Math.sqrt(d / (k - 1)) * (bar - 1))
  const others = k === N ? 0 : (N - k) * logNormalTail(-Math.sqrt(d / k) * bar)
  return { success: Math.exp(members + others), failure: -Math.expm1(members + others) }
}

/**
 * The d at which that failure is p, in (0, 1): d50 at p = 0.5. A real number; 0 where it is never above p.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, 0 < p < 1, and for τ as above
 * @since 0.1.0
 */
export function thresholdFiniteDimension(N: number, k: number, p: number, tau: Tau = 0.5): number {
  checkSubset(N, k)
  return dimensionAt(p, 8 * k * Math.log(N + 1) + 1, (d) => thresholdFinite(N, k, d, tau))
}

/**
 * The same with the maximum a posteriori threshold of each d (`mapThreshold`). 0 at k = 0 and k = N.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and 0 < p < 1
 * @since 0.1.0
 */
export function mapFiniteDimension(N: number, k: number, p: number): number {
  checkSubset(N, k)
  if (k === 0 || k === N) return 0
  return thresholdFiniteDimension(N, k, p, (d) => mapThreshold(N, k, d))
}

const row = { kind: 'law', source: 'Gaussian crosstalk, Equation 3' } as const

export const thresholdEven: Bound = {
  ...row,
  id: 'threshold-d50',
  level: 'even',
  decoder: 'threshold',
  statement: 'Threshold decoding succeeds with even odds (Gaussian approximation)',
  dimension: ({ N, k }) => thresholdFiniteDimension(N, k, 0.5),
}

export const thresholdReliable: Bound = {
  ...row,
  id: 'threshold-finite',
  level: 'reliable',
  decoder: 'threshold',
  statement: 'Threshold decoding succeeds with probability 1 − p (Gaussian approximation)',
  dimension: ({ N, k, p }) => thresholdFiniteDimension(N, k, p),
}

export const mapEven: Bound = {
  ...row,
  id: 'map-threshold-d50',
  level: 'even',
  decoder: 'map-threshold',
  statement:
    'Threshold decoding at the MAP boundary ½ + (k/d) ln((N − k)/k) succeeds with even odds (Gaussian approximation)',
  dimension: ({ N, k }) => mapFiniteDimension(N, k, 0.5),
}

export const mapReliable: Bound = {
  ...row,
  id: 'map-threshold-finite',
  level: 'reliable',
  decoder: 'map-threshold',
  statement:
    'Threshold decoding at the MAP boundary succeeds with probability 1 − p (Gaussian approximation)',
  dimension: ({ N, k, p }) => mapFiniteDimension(N, k, p),
}
