import type { Wanted } from '../kernels/sign-matrix.js'
import { inner } from '../numerics/inner.js'
import { normalQuantile } from '../numerics/special/normal.js'
import type { Ranking } from './ranking.js'

/**
 * Scores that are expected from the bar on: so many times two more than are needed, and so many times as many after
 * each miss.
 */
const [SPARE, AFTER_MISS] = [4, 16]

/**
 * A bar that more than n of the N scores Fᵀr should rank above, by what they are over random unit codewords, Gaussian
 * with variance ‖r‖²/d; −Infinity where that is half of them or more. Where n reach it the n that rank first are
 * among them; where fewer do that is a miss, and takes another pass.
 */
export function candidateBar(residual: Float64Array, N: number, n: number, by: Ranking, misses = 0): number {
  const share = (SPARE * (n + 2) * AFTER_MISS ** misses) / (by === 'value' ? N : 2 * N)
  if (!(share < 0.5)) return -Infinity
  return -normalQuantile(share, 0, 1) * Math.sqrt(inner(residual, residual) / residual.length)
}

/** The scores that rank from a bar on, and those of some codewords besides. */
export const aboveBar = (bar: number, by: Ranking, also: ArrayLike<number> = []): Wanted => ({
  low: by === 'value' ? -Infinity : -bar,
  high: bar,
  also,
})
