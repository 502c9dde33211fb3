import { normalCdf, normalLogCdf, normalQuantile } from '../numerics/special/normal.js'

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)
const LOG_ROOT_TWO_PI = Math.log(ROOT_TWO_PI)

/** φ(x), the density of the standard normal law. */
export const normalDensity = (x: number): number => Math.exp(-(x * x) / 2) / ROOT_TWO_PI

/**
 * Q(x) = P(Z ≥ x) for a standard normal Z. Relative error below 1e-15 + x²·1e-16 up to x = 37.5, where Q passes the
 * least normal double; from there on right to the last bit or one that a subnormal has, and 0 from x = 38.48 on.
 * `logNormalTail` goes further.
 */
export const normalTail = (x: number): number => normalCdf(-x, 0, 1)

/** ln Q(x), without underflow. Relative error below 1e-14. */
export const logNormalTail = (x: number): number => normalLogCdf(-x, 0, 1)

/** Q⁻¹(p): the x that a standard normal exceeds with probability p, for 0 ≤ p ≤ 1, down to the smallest double. */
export function inverseNormalTail(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in [0, 1], not ${p}`)
  return p < 0.1 ? fromLog(Math.log(p)) : -normalQuantile(p, 0, 1)
}

/** Q⁻¹(exp(logP)), for probabilities given as natural logarithms, −∞ ≤ logP ≤ 0. */
export function inverseLogNormalTail(logP: number): number {
  if (!(logP <= 0)) throw new RangeError(`the logarithm of a probability is at most 0, not ${logP}`)
  if (logP > -Math.LN2) return -inverseNormalTail(-Math.expm1(logP))
  return logP < -2.5 ? fromLog(logP) : inverseNormalTail(Math.exp(logP))
}

/** Newton's method on the concave ln Q, whose slope is minus the hazard φ/Q; for logP < −2. */
function fromLog(logP: number): number {
  if (logP === -Infinity) return Infinity
  let x = Math.sqrt(-2 * logP - Math.log(-4 * Math.PI * logP))
  for (let i = 0; i < 20; i++) {
    const logTail = logNormalTail(x)
    const step = (logTail - logP) / Math.exp(-(x * x) / 2 - LOG_ROOT_TWO_PI - logTail)
    x += step
    if (Math.abs(step) <= 4e-16 * x) break
  }
  return x
}
