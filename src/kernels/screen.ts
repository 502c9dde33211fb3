import { byteSums, scoreOf } from './byte-sums.js'
import { columnsFor } from './layout.js'
import type { Scored, Wanted } from './sign-matrix.js'
import { LARGEST_COLUMN, nibbleSums, widest } from './tables.js'

/** How far the scores of one plane may be from those of the vector that it stands for. */
export interface Rough {
  /** Scores of the vector are `unit` times those of the plane, and off by `error` at most. */
  readonly unit: number
  readonly error: number
}

/** A vector rounded so that one plane holds it. */
export interface Coarse extends Rough {
  readonly entries: Float64Array
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
 * Write one plane of look-ups, laid out as `writeTables` does, by which to screen the integers `v` (length d). It
 * rounds sums of four entries, not the entries as `coarse` does, which is half as far off.
 */
export function writeScreen(v: ArrayLike<number>, dimension: number, bytes: Uint8Array, at: number): Rough {
  // Rounding adds at most ½ to either half of a column.
  const unit = Math.max(1, widest(v, dimension, 8) / (LARGEST_COLUMN - 1))
  const sums = new Float64Array(16)
  let [biases, error] = [0, 0]
  for (let j = 0, p = at + 8; j < 8 * columnsFor(dimension); j += 4, p += 16) {
    nibbleSums(v, j, dimension, sums, 0)
    let [most, off] = [0, 0]
    for (let m = 0; m < 16; m++) if (sums[m] > most) most = sums[m]
    const bias = Math.round(most / unit)
    for (let m = 0; m < 16; m++) {
      const rounded = Math.round(sums[m] / unit)
      bytes[p + m] = bias + rounded
      const by = Math.abs(sums[m] - rounded * unit)
      if (by > off) off = by
    }
    biases += bias
    error += off
  }
  new DataView(bytes.buffer, bytes.byteOffset).setFloat64(at, biases, true)
  return { unit, error: error * (1 + 1e-9) }
}

/** Of a plane's score, which is an integer below 2^32, more than what dividing by the unit rounds. */
const SLACK = 1e-4

/** Bars that a plane's score reaches wherever the score of the vector itself reaches those that are wanted. */
export const roughBars = ({ low, high }: Wanted, { unit, error }: Rough): [number, number] => [
  (low + error) / unit + SLACK,
  (high - error) / unit - SLACK,
]

/**
 * The first codeword of largest score against the integers `v`, exact. `scores` are those of all N codewords against
 * its coarse form; only codewords within twice its error of the best of them are scored again.
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
