import { BLOCK, columnsFor } from '../kernels/layout.js'
import type { Key } from '../random/key.js'
import { philox } from '../random/philox.js'

/**
 * The signs of codeword i of the Rademacher dictionary that a key draws, without the other codewords: ±1, length d.
 * The same as the kernels generate.
 */
export function drawnSigns(key: Key, i: number, d: number): Int8Array {
  const signs = new Int8Array(d)
  const block = Math.floor(i / BLOCK)
  const word = (i % BLOCK) >> 2
  const shift = 8 * (i % 4)
  for (let column = 0; column < columnsFor(d); column++) {
    const byte = philox([block, column, 0, 0], key)[word] >>> shift
    for (let b = 0; b < 8 && 8 * column + b < d; b++) signs[8 * column + b] = (byte >> b) & 1 ? -1 : 1
  }
  return signs
}

/** √d·Σ f_i over a subset of the codewords that a key draws: integers, length d. */
export function drawnSum(key: Key, subset: ArrayLike<number>, d: number): Int32Array {
  const sum = new Int32Array(d)
  for (let m = 0; m < subset.length; m++) {
    const signs = drawnSigns(key, subset[m], d)
    for (let j = 0; j < d; j++) sum[j] += signs[j]
  }
  return sum
}
