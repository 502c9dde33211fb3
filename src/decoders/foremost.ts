import { inner } from '../kernels/inner.js'
import type { Wanted } from '../kernels/sign-matrix.js'
import { normalQuantile } from '../kernels/special.js'
import type { Ranking } from './ranking.js'

/** Of the scores of N codewords that have nothing to do with the residual this many times n are expected from the bar on. */
const SPARE = 4

/**
 * A bar that some more than n of the N scores Fᵀr rank above, by what they are over random unit codewords, Gaussian with variance ‖r‖²/d; −Infinity where that
 * is all of them. Where n reach it the n that rank first are among them; where fewer do, it takes another pass to tell.
 */
export function foremostBar(residual: Float64Array, N: number, n: number, by: Ranking): number {
  const share = (SPARE * n) / (by === 'value' ? N : 2 * N)
  if (!(share < 0.5)) return -Infinity
  return -normalQuantile(share, 0, 1) * Math.sqrt(inner(residual, residual) / residual.length)
}

/** The scores that rank from a bar on, and those of some codewords besides. */
export const rankedFrom = (bar: number, by: Ranking, also: ArrayLike<number> = []): Wanted => ({
  low: by === 'value' ? -Infinity : -bar,
  high: bar,
  also,
})
