import { requireFinite } from '../io/arguments.js'
import { checkProbability } from './parameters.js'

/**
 * K_X(λ) = ln E e^(λX) = ln cosh λ of a fair sign X, at most λ²/2 (paper, Appendix C, where the ln is missing).
 * @throws RangeError unless λ is finite
 * @since 0.1.0
 */
export function signCumulant(lambda: number): number {
  requireFinite('lambda', lambda)
  const a = Math.abs(lambda)
  return a < 1 ? Math.log1p(2 * Math.sinh(a / 2) ** 2) : a + Math.log1p(Math.exp(-2 * a)) - Math.LN2
}

/**
 * The Gaussian bound on `signCumulant`: λ²/2.
 * @throws RangeError unless λ is finite
 * @since 0.1.0
 */
export function gaussianCumulant(lambda: number): number {
  requireFinite('lambda', lambda)
  return lambda ** 2 / 2
}

/**
 * ln P(S_n ≥ r√n) ≤ −r²/2 for a sum of n fair signs, any n (paper, Proposition 4 and Equation 6); 0 for r ≤ 0.
 * @throws RangeError unless r is finite
 * @since 0.1.0
 */
export function chernoffLogTail(r: number): number {
  requireFinite('r', r)
  return r > 0 ? -(r ** 2) / 2 : 0
}

/**
 * The r at which the Chernoff bound on P(S_n ≥ r√n) is p, in (0, 1): √(2 ln 1/p).
 * @throws RangeError unless 0 < p < 1
 * @since 0.1.0
 */
export function chernoffDeviation(p: number): number {
  checkProbability(p)
  return Math.sqrt(-2 * Math.log(p))
}
