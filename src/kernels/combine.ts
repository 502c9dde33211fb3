import { BLOCK, columnsFor } from './layout.js'

/** Up to so many codewords it takes less time to sum by half bytes: two additions a codeword instead of one, and 60 to fold instead of 1,020. */
const FEW = 700

/**
 * Σ_m weights[m]·s_i over the codewords i = indices[m] of a packed sign matrix, length `dimension`.
 *
 * A byte column, or each half of it, is summed by value first: the sums of the weights whose codeword has those bits there are folded in half
 * once a coordinate. So a codeword costs one or two additions per 8 coordinates, whatever its signs.
 * @param stride bytes of a block of the store.
 */
export function combineSigns(
  store: Uint8Array,
  stride: number,
  dimension: number,
  indices: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const columns = columnsFor(dimension)
  const total = new Float64Array(8 * columns)
  const starts = Uint32Array.from(indices, (i) => Math.floor(i / BLOCK) * stride + (i % BLOCK))
  if (starts.length <= FEW) {
    const low = new Float64Array(16)
    const high = new Float64Array(16)
    for (let column = 0; column < columns; column++) {
      low.fill(0)
      high.fill(0)
      for (let m = 0; m < starts.length; m++) {
        const byte = store[starts[m] + column * BLOCK]
        low[byte & 15] += weights[m]
        high[byte >> 4] += weights[m]
      }
      fold(low, 4, total, 8 * column)
      fold(high, 4, total, 8 * column + 4)
    }
  } else {
    const sums = new Float64Array(256)
    for (let column = 0; column < columns; column++) {
      sums.fill(0)
      for (let m = 0; m < starts.length; m++) sums[store[starts[m] + column * BLOCK]] += weights[m]
      fold(sums, 8, total, 8 * column)
    }
  }
  return total.subarray(0, dimension)
}

/** From the sums of the weights by pattern the sums of the signed weights by bit, into total[from …]; bit set: minus. */
function fold(sums: Float64Array, bits: number, total: Float64Array, from: number): void {
  for (let bit = bits - 1; bit >= 0; bit--) {
    const half = 1 << bit
    let difference = 0
    for (let pattern = 0; pattern < half; pattern++) {
      difference += sums[pattern] - sums[pattern + half]
      sums[pattern] += sums[pattern + half]
    }
    total[from + bit] = difference
  }
}
