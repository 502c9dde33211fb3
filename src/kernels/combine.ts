import { BLOCK, columnsFor } from './layout.js'

/**
 * Σ_m weights[m]·s_i over the codewords i = indices[m] of a packed sign matrix, length `dimension`.
 *
 * A byte column is summed by value first: the 256 sums of the weights whose codeword has that byte there are folded in half once a
 * coordinate. So a codeword costs one addition per 8 coordinates, whatever its signs.
 * @param stride bytes of a block of the store.
 */
export function combineSigns(
  store: Uint8Array,
  stride: number,
  dimension: number,
  indices: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const total = new Float64Array(dimension)
  const starts = Uint32Array.from(indices, (i) => Math.floor(i / BLOCK) * stride + (i % BLOCK))
  const sums = new Float64Array(256)
  for (let column = 0; column < columnsFor(dimension); column++) {
    sums.fill(0)
    for (let m = 0; m < starts.length; m++) sums[store[starts[m] + column * BLOCK]] += weights[m]
    for (let bit = 7, half = 128; bit >= 0; bit--, half >>= 1) {
      let difference = 0
      for (let pattern = 0; pattern < half; pattern++) {
        difference += sums[pattern] - sums[pattern + half]
        sums[pattern] += sums[pattern + half]
      }
      if (8 * column + bit < dimension) total[8 * column + bit] = difference
    }
  }
  return total
}
