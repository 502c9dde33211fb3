import { byteSums, scoreOf } from './byte-sums.js'
import type { Scored } from './sign-matrix.js'
import { LARGEST_COLUMN, widest } from './tables.js'

/** A vector rounded so that one plane holds it. */
export interface Coarse {
  readonly entries: Float64Array
  /** v is `unit` times the entries, up to what `error` sums: no score is off by more. */
  readonly unit: number
  readonly error: number
}

/** The integers `v` (length d, not all 0) on a grid as fine as one plane takes. */
export function coarse(v: ArrayLike<number>, dimension: number): Coarse {
  // Rounding adds at most ½ to each of the eight entries of a column.
  const unit = widest(v, dimension, 8) / (LARGEST_COLUMN - 4)
  const entries = new Float64Array(dimension)
  let error = 0
  for (let j = 0; j < dimension; j++) {
    entries[j] = Math.round(v[j] / unit)
    error += Math.abs(v[j] - entries[j] * unit)
  }
  return { entries, unit, error: error * (1 + 1e-9) }
}

/**
 * The first codeword of largest score against the integers `v`, exact. `scores` are those of all N codewords against its coarse form; only codewords
 * within twice its error of the best of them are scored again.
 * @param stride bytes of a block of the store.
 */
export function screened(
  v: ArrayLike<number>,
  dimension: number,
  { unit, error }: Coarse,
  scores: Float64Array,
  store: Uint8Array,
  stride: number,
): Scored {
  let most = -Infinity
  for (let i = 0; i < scores.length; i++) if (scores[i] > most) most = scores[i]
  const least = most - (2 * error) / unit
  const sums = byteSums(v, dimension)
  let best: Scored = { index: 0, score: -Infinity }
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] < least) continue
    const score = scoreOf(store, stride, i, sums)
    if (score > best.score) best = { index: i, score }
  }
  return best
}
