import { logOddsAgainst } from '../../bounds/map-boundary.js'
import { type Signs, statisticalDimension } from '../../bounds/statistical-dimension.js'
import type { Passing } from '../../kernels/passing.js'
import type { Selected, Wanted } from '../../kernels/sign-matrix.js'
import { logistic } from '../../numerics/exp.js'

/** An estimate of y from pseudo-data r = y + noise. */
export interface SignalEstimate {
  /** Where it is not zero, ascending, and its values there. */
  readonly indices: Int32Array
  readonly values: Float64Array
  /** Σ_i η′(r_i). */
  readonly slope: number
}

/** A scalar function η of one entry of the pseudo-data, given the variance of the noise on it. */
export interface Denoiser {
  /** Between these, both included, η is zero: −∞ below where it is zero for all small entries. */
  bars(variance: number): Bars
  /** η of these entries; all others must be between the bars. */
  estimate(entries: Selected, variance: number): SignalEstimate
  /** How likely entry i is to be a member, rising, by its pseudo-data and by its estimate; as they are unless given. */
  readonly likelihood?: {
    byData(i: number, entry: number): number
    byEstimate(i: number, value: number): number
  }
}

/** low < high. */
export type Bars = Pick<Wanted, 'low' | 'high'>

/** The prior of `bernoulli` as the kernels take it. */
export type Prior = Pick<Passing, 'odds' | 'dropped' | 'least'>

/** Leaves some thousand entries of 2^20 at most. */
export const DROPPED = 1e-3

/**
 * The posterior mean of y_i ∈ {0, 1} with P(y_i = 1) = k/N: Bayes-optimal for a uniform subset.
 * @param dropped posterior means below this count as zero, and all others are lowered by it, so that η stays
 * continuous. It adds at most `dropped` to the squared error per member, and leaves the fewer entries the larger it
 * is.
 */
export function bernoulli(N: number, k: number, dropped = DROPPED): Denoiser & { readonly prior: Prior } {
  const L = logOddsAgainst(N, k)
  const least = Math.log(dropped / (1 - dropped)) + L
  const bars = (variance: number) => ({ low: -Infinity, high: 0.5 + variance * least })
  return {
    prior: { odds: L, dropped, least },
    bars,
    estimate(entries, variance) {
      const { indices, values } = outside(bars(variance), entries)
      let slope = 0
      for (let m = 0; m < values.length; m++) {
        values[m] = logistic((values[m] - 0.5) / variance - L) - dropped
        slope += (values[m] + dropped) * (1 - values[m] - dropped)
      }
      return { indices, values, slope: slope / variance }
    },
  }
}

/**
 * The posterior mean of y_i ∈ {0, √g_i}, P(y_i ≠ 0) = k/N: `bernoulli` for codewords of squared norm g_i, scaled to 1.
 */
export function unevenBernoulli(N: number, k: number, norms: Float64Array): Denoiser {
  const L = logOddsAgainst(N, k)
  const least = Math.log(DROPPED / (1 - DROPPED)) + L
  const roots = norms.map((norm) => Math.sqrt(Math.max(norm, Number.MIN_VALUE)))
  const barOf = (root: number, variance: number) => root / 2 + (variance * least) / root
  const bars = (variance: number) => ({
    low: -Infinity,
    high: roots.reduce((lowest, root) => Math.min(lowest, barOf(root, variance)), Infinity),
  })
  return {
    bars,
    estimate({ indices, scores }, variance) {
      const kept = [...indices.keys()].filter((m) => scores[m] > barOf(roots[indices[m]], variance))
      let slope = 0
      const values = Float64Array.from(kept, (m) => {
        const root = roots[indices[m]]
        const mean = logistic((root * scores[m] - (root * root) / 2) / variance - L)
        slope += (root * root * mean * (1 - mean)) / variance
        return root * (mean - DROPPED)
      })
      return { indices: Int32Array.from(kept, (m) => indices[m]), values, slope }
    },
    likelihood: {
      byData: (i, entry) => roots[i] * entry - norms[i] / 2,
      byEstimate: (i, value) => value / roots[i],
    },
  }
}

/**
 * The soft threshold at t standard deviations of the noise, t minimax for k of N: the one of the statistical dimension.
 * @param signs 1 for y ≥ 0, 2 for coefficients of any sign.
 */
export function softThreshold(N: number, k: number, signs: Signs): Denoiser {
  const { t } = statisticalDimension(N, k, signs)
  const bars = (variance: number) => {
    const high = t * Math.sqrt(variance)
    return { low: signs === 2 ? -high : -Infinity, high }
  }
  return {
    bars,
    estimate(entries, variance) {
      const { low, high } = bars(variance)
      const { indices, values } = outside({ low, high }, entries)
      for (let m = 0; m < values.length; m++) values[m] -= values[m] > high ? high : low
      return { indices, values, slope: indices.length }
    },
  }
}

/** The entries outside the bars, in arrays of their own. */
export function outside({ low, high }: Bars, entries: Selected) {
  const indices = new Int32Array(entries.indices.length)
  const values = new Float64Array(indices.length)
  let count = 0
  for (let m = 0; m < indices.length; m++) {
    const r = entries.scores[m]
    if (r >= low && r <= high) continue
    indices[count] = entries.indices[m]
    values[count++] = r
  }
  return { indices: indices.subarray(0, count), values: values.subarray(0, count) }
}
