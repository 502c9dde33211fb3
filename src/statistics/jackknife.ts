import { tQuantile } from '../numerics/special/beta.js'

/** A value with its interval. */
export interface Jackknifed {
  readonly value: number
  readonly interval: readonly [number, number]
}

/**
 * A function of all batches, with Student's interval from what each leaves without it.
 * @param batches at least 2, alike
 * @param options.corrected whether what each batch adds to the bias, to first order, is taken off
 */
export function jackknife<T>(
  batches: readonly T[],
  of: (all: readonly T[]) => number,
  confidence: number,
  { corrected = false } = {},
): Jackknifed {
  const n = batches.length
  const whole = of(batches)
  const without = batches.map((one) => of(batches.filter((batch) => batch !== one)))
  const mean = without.reduce((sum, entry) => sum + entry, 0) / n
  const variance = ((n - 1) / n) * without.reduce((sum, entry) => sum + (entry - mean) ** 2, 0)
  const half = -tQuantile((1 - confidence) / 2, n - 1) * Math.sqrt(variance)
  const value = corrected ? n * whole - (n - 1) * mean : whole
  return { value, interval: [value - half, value + half] }
}
