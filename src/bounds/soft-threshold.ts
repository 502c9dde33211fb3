import { requireFinite } from '../io/arguments.js'
import { normalDensity, normalTail } from '../statistics/normal.js'
import type { Bound } from './bound.js'
import { checkPositive, checkSubset } from './parameters.js'
import { checkSigns, type Signs, statisticalDimension } from './statistical-dimension.js'

/**
 * E (η(μ + g) − μ)², g ~ N(0, 1): the mean squared error of the soft threshold η at t on a signal μ ≥ 0, both in
 * units of the noise. One-sided (signs = 1), η(x) = (x − t)₊; two-sided, sign(x)(|x| − t)₊ (Donoho, Maleki &
 * Montanari 2009).
 * @throws RangeError unless μ ≥ 0 and t are finite, and signs is 1 or 2
 * @since 0.1.0
 */
export function softThresholdError(mu: number, t: number, signs: Signs): number {
  requireFinite('mu', mu)
  if (mu < 0) throw new RangeError(`mu must be at least 0, not ${mu}`)
  requireFinite('t', t)
  checkSigns(signs)
  const kept = (edge: number) => (1 + t * t) * normalTail(edge) + (edge - 2 * t) * normalDensity(edge)
  const zeroed = 1 - normalTail(t - mu) - (signs === 2 ? normalTail(t + mu) : 0)
  return kept(t - mu) + (signs === 2 ? kept(t + mu) : 0) + mu * mu * zeroed
}

/**
 * State evolution of approximate message passing with a soft threshold of t times the effective noise, one step: the
 * noise's variance goes from v to (v/d)(k·error of a member + (N − k)·error of a zero), in units where codewords have
 * norm 1. It falls to 0 iff d exceeds `coneWidth` at t; the best t is that of `statisticalDimension`.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, d and v are positive and finite, t is finite, and
 * signs is 1 or 2
 * @since 0.1.0
 */
export function softThresholdStep(
  N: number,
  k: number,
  d: number,
  v: number,
  t: number,
  signs: Signs,
): number {
  checkSubset(N, k)
  checkPositive(d, 'd')
  checkPositive(v, 'v')
  const member = softThresholdError(1 / Math.sqrt(v), t, signs)
  return (v / d) * (k * member + (N - k) * softThresholdError(0, t, signs))
}

const row = {
  kind: 'law',
  level: 'even',
  source: 'State evolution: Donoho, Maleki & Montanari 2009',
} as const

export const ampSoftLaw: Bound = {
  ...row,
  id: 'amp-soft-state-evolution',
  decoder: 'amp-soft',
  statement:
    'AMP with the best soft threshold succeeds where basis pursuit over non-negative coefficients does',
  dimension: ({ N, k }) => statisticalDimension(N, k, 1).dimension,
}

export const ampSoftSignedLaw: Bound = {
  ...row,
  id: 'amp-soft-signed-state-evolution',
  decoder: 'amp-soft-signed',
  statement: 'AMP with the best two-sided soft threshold succeeds where basis pursuit does',
  dimension: ({ N, k }) => statisticalDimension(N, k, 2).dimension,
}
