import { BLOCK, columnsFor } from './layout.js'

/** Where the first byte of each of these codewords stands in a packed store. @param stride bytes of a block. */
export function startsOf(indices: ArrayLike<number>, stride: number): Uint32Array {
  const starts = new Uint32Array(indices.length)
  // A loop: Uint32Array.from takes longer than the sums themselves.
  for (let m = 0; m < starts.length; m++) {
    starts[m] = Math.floor(indices[m] / BLOCK) * stride + (indices[m] % BLOCK)
  }
  return starts
}

/**
 * Σ_m weights[m]·(the codeword that starts at starts[m]), length `dimension`; every coordinate is summed in the order
 * of the weights.
 */
export function combineSigns(
  store: Uint8Array,
  dimension: number,
  starts: Uint32Array,
  weights: ArrayLike<number>,
): Float64Array {
  const columns = columnsFor(dimension)
  const total = new Float64Array(8 * columns)
  for (let m = 0; m < starts.length; m++) {
    const weight = weights[m]
    for (let column = 0, at = starts[m]; column < columns; column++, at += BLOCK) {
      for (let j = 8 * column, byte = store[at]; j < 8 * column + 8; j++, byte >>= 1) {
        total[j] += byte & 1 ? -weight : weight
      }
    }
  }
  return total.subarray(0, dimension)
}
