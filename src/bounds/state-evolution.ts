import { requireFunction, requireInteger, requireReal } from '../io/arguments.js'
import { summit, trapezoid } from '../numerics/roots-and-quadrature.js'
import type { Bound } from './bound.js'
import { logOddsAgainst } from './map-boundary.js'
import { checkPositive } from './parameters.js'

/**
 * M(s) = E_g σ(−(s/2 + √s·g − L)), g ~ N(0, 1), σ the logistic function: the mean squared error per member, in (0,
 * 1), of the posterior mean of a rare 0/1 variable seen at signal-to-noise ratio s with log prior odds −L. To about
 * 1e-13 relative.
 * @param s positive
 * @param L ln((N − k)/k), or ±∞ for certainty
 * @throws RangeError unless s is positive and finite, and L a number
 * @since 0.1.0
 */
export function memberError(s: number, L: number): number {
  checkPositive(s, 's')
  requireReal('L', L)
  if (L === Infinity) return 1
  if (L / 2 - s / 8 < -720) return 0 // M ≤ e^(L/2 − s/8), the Bhattacharyya bound
  // u ~ N(c, s) are the log posterior odds of a member; the integrand's logarithm is at least as curved as −u²/2s.
  const c = s / 2 - L
  const mode = c > s ? c - s : Math.min(c, 0)
  const reach = 9 * Math.sqrt(s)
  const step = 0.5 * Math.min(1, Math.sqrt(s))
  const integral = trapezoid(
    (u) => Math.exp(-((u - c) ** 2) / (2 * s)) / (1 + Math.exp(u)),
    mode - reach,
    mode + reach,
    step,
  )
  return integral / Math.sqrt(2 * Math.PI * s)
}

/**
 * State evolution of approximate message passing with the Bernoulli posterior mean, one step: the variance of the
 * effective noise on an inner product ⟨f_i, ·⟩, in units where codewords have norm 1, goes from v to (k/d)·M(1/v).
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d and v are positive and finite
 * @since 0.1.0
 */
export function bernoulliStep(N: number, k: number, d: number, v: number): number {
  checkPositive(d, 'd')
  checkPositive(v, 'v')
  return (k / d) * memberError(1 / v, logOddsAgainst(N, k))
}

/**
 * The effective noise variances of an iteration that starts from the zero estimate: k/d, then one more per step (0
 * once it underflows).
 * @param step v ↦ next v, such as `bernoulliStep` or `softThresholdStep` at the same N, k, d
 * @throws RangeError unless k ≥ 0 and steps ≥ 0 are integers, and d is positive and finite
 * @since 0.1.0
 */
export function stateEvolution(k: number, d: number, steps: number, step: (v: number) => number): number[] {
  requireInteger('k', k, 0)
  checkPositive(d, 'd')
  requireInteger('steps', steps, 0)
  requireFunction('step', step)
  const variances = [k / d]
  for (let t = 0; t < steps; t++) variances.push(variances[t] > 0 ? step(variances[t]) : 0)
  return variances
}

/**
 * d* = k·sup_s s·M(s): the least dimension at which that state evolution falls to 0 from any start, at this N and k.
 * A real number; 0 at k = 0 and k = N.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function ampDimension(N: number, k: number): number {
  const L = logOddsAgainst(N, k)
  if (k === 0) return 0
  return k * summit((s) => s * memberError(s, L), 0.1, 8 * (Math.max(0, L) + 10))
}

export const amp: Bound = {
  id: 'amp-state-evolution',
  kind: 'law',
  level: 'even',
  decoder: 'amp-bernoulli',
  source: 'State evolution: Donoho, Maleki & Montanari 2009; Bayati & Montanari 2011',
  statement:
    'AMP with the Bernoulli posterior mean succeeds from d = k·sup_s s·E σ(−(s/2 + √s·g − ln((N − k)/k))) on',
  dimension: ({ N, k }) => ampDimension(N, k),
}
