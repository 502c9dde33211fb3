import { BLOCK, columnsFor } from './layout.js'

/** For each byte column the sum of ±v over the 256 sign patterns (bit set: minus). */
export function byteSums(v: ArrayLike<number>, dimension: number): Float64Array {
  const columns = columnsFor(dimension)
  const sums = new Float64Array(256 * columns)
  for (let column = 0; column < columns; column++) {
    for (let bit = 0; bit < 8; bit++) {
      const entry = 8 * column + bit < dimension ? v[8 * column + bit] : 0
      const from = 256 * column
      const half = 1 << bit
      for (let pattern = 0; pattern < half; pattern++) {
        sums[from + half + pattern] = sums[from + pattern] - entry
        sums[from + pattern] += entry
      }
    }
  }
  return sums
}

/** The score of codeword i of a packed store, from the byte sums of a vector. */
export function scoreOf(store: Uint8Array, stride: number, i: number, sums: Float64Array): number {
  let at = Math.floor(i / BLOCK) * stride + (i % BLOCK)
  let score = 0
  for (let from = 0; from < sums.length; from += 256, at += BLOCK) score += sums[from + store[at]]
  return score
}
