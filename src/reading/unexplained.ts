import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import { inner } from '../numerics/inner.js'
import { inverseNormalTail } from '../statistics/normal.js'
import type { Metric } from '../success/estimation/recovery-metrics.js'

/** A code as a combination of codewords, and what that leaves of it. */
export interface Fitted {
  readonly indices: readonly number[]
  readonly weights: Float64Array
  readonly residual: Float64Array
}

const sum = (values: ArrayLike<number>): number => {
  let total = 0
  for (let t = 0; t < values.length; t++) total += values[t]
  return total
}

/**
 * Σ‖rest‖²/Σ variance over codes, with the interval of a ratio of means by the normal approximation of its
 * linearisation: about its confidence for many codes.
 */
export function unexplainedShare(
  fits: readonly Fitted[],
  variances: Float64Array,
  confidence: number,
): Metric {
  const left = Float64Array.from(fits, ({ residual }) => inner(residual, residual))
  const [count, whole] = [left.length, sum(variances)]
  const value = sum(left) / whole
  const linear = left.map((one, t) => one - value * variances[t])
  const deviation = Math.sqrt(inner(linear, linear) / Math.max(1, count - 1))
  const half = (inverseNormalTail((1 - confidence) / 2) * deviation * Math.sqrt(count)) / whole
  return { value, interval: [Math.max(0, value - half), value + half] }
}

const MOST_BITS = 16
/** What rounding may add to what is left, as a share of it, and of the whole where nothing is left. */
const [ADDED, NOTHING] = [0.01, 1e-6]

/** The fewest bits of a coefficient, in equal steps between the least and the largest, that add hardly anything. */
export function coefficientBits(
  dictionary: Float32Dictionary,
  fits: readonly Fitted[],
  variances: Float64Array,
): number {
  let [low, high] = [Infinity, -Infinity]
  for (const { weights } of fits) {
    for (const weight of weights) [low, high] = [Math.min(low, weight), Math.max(high, weight)]
  }
  if (!(high > low)) return 0
  const left = (error: (weight: number) => number) =>
    fits.reduce((total, { indices, weights, residual }) => {
      const off = dictionary.combine(indices, weights.map(error))
      const rest = residual.map((entry, j) => entry - off[j])
      return total + inner(rest, rest)
    }, 0)
  const allowed = (1 + ADDED) * left(() => 0) + NOTHING * sum(variances)
  for (let bits = 1; bits < MOST_BITS; bits++) {
    const step = (high - low) / (2 ** bits - 1)
    if (left((weight) => low + step * Math.round((weight - low) / step) - weight) <= allowed) return bits
  }
  return MOST_BITS
}
