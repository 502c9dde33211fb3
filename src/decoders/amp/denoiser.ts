import { logOddsAgainst } from '../../bounds/map-boundary.js'
import { type Signs, statisticalDimension } from '../../bounds/statistical-dimension.js'
import { logistic } from '../../kernels/exp.js'

/** An estimate of y from pseudo-data r = y + noise. */
export interface Estimate {
  /** Where it is not zero, ascending, and its values there. */
  readonly indices: number[]
  readonly values: number[]
  /** Σ_i η′(r_i). */
  readonly slope: number
}

/** A scalar function η of one entry of the pseudo-data, given the variance of the noise on it. */
export type Denoiser = (scores: Float64Array, variance: number) => Estimate

/** Leaves some thousand entries of 2^20 at most. */
const DROPPED = 1e-3

/**
 * The posterior mean of y_i ∈ {0, 1} with P(y_i = 1) = k/N: Bayes-optimal for a uniform subset.
 * @param dropped posterior means below this count as zero, and all others are lowered by it, so that η stays continuous. It adds at most
 *   `dropped` to the squared error per member, and leaves the fewer entries the larger it is.
 */
export function bernoulli(N: number, k: number, dropped = DROPPED): Denoiser {
  const L = logOddsAgainst(N, k)
  const least = Math.log(dropped / (1 - dropped)) + L
  return (scores, variance) => {
    const indices: number[] = []
    const values: number[] = []
    let slope = 0
    const bar = 0.5 + variance * least
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] > bar) {
        const p = logistic((scores[i] - 0.5) / variance - L)
        indices.push(i)
        values.push(p - dropped)
        slope += p * (1 - p)
      }
    }
    return { indices, values, slope: slope / variance }
  }
}

/**
 * The soft threshold at t standard deviations of the noise, t minimax for k of N: the one of the statistical dimension.
 * @param signs 1 for y ≥ 0, 2 for coefficients of any sign.
 */
export function softThreshold(N: number, k: number, signs: Signs): Denoiser {
  const { t } = statisticalDimension(N, k, signs)
  return (scores, variance) => {
    const indices: number[] = []
    const values: number[] = []
    const bar = t * Math.sqrt(variance)
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] > bar) {
        indices.push(i)
        values.push(scores[i] - bar)
      } else if (signs === 2 && scores[i] < -bar) {
        indices.push(i)
        values.push(scores[i] + bar)
      }
    }
    return { indices, values, slope: indices.length }
  }
}
