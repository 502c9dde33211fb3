import { trapezoid } from '../src/numerics/roots-and-quadrature.js'
import { normalTail } from '../src/statistics/normal.js'

/** A code of one coordinate sent through Gaussian noise: its value for each of the subsets, all equally likely. */
export interface Channel {
  readonly values: readonly number[]
  /** Standard deviation of the noise, positive. */
  readonly noise: number
}

/** Variance of values that are equally likely. */
export function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
}

/** The success probability of the best decoder: the nearest value wins, and equal ones share. */
export function bestSuccess({ values, noise }: Channel): number {
  const points = [...new Set(values)].sort((a, b) => a - b)
  // Each point keeps the line up to the middle of the gap on either side.
  const lost = points.slice(1).reduce((sum, x, i) => sum + 2 * normalTail((x - points[i]) / (2 * noise)), 0)
  return (points.length - lost) / values.length
}

/** I(Y; X + Z) in nats, by quadrature to about 1e-10. */
export function mutualInformation({ values, noise }: Channel): number {
  const entropy = trapezoid(
    (x) => {
      const density =
        values.reduce((sum, value) => sum + Math.exp(-(((x - value) / noise) ** 2) / 2), 0) / values.length
      return density === 0 ? 0 : -density * Math.log(density)
    },
    Math.min(...values) - 9 * noise,
    Math.max(...values) + 9 * noise,
    noise / 4,
  )
  return entropy / (noise * Math.sqrt(2 * Math.PI)) - 0.5
}
