import { BLOCK, columnsFor } from '../kernels/layout.js'
import type { Key } from '../random/key.js'
import { philoxInto } from '../random/philox.js'

/**
 * The signs of codeword i of the Rademacher dictionary that a key draws, without the other codewords: ±1, length d.
 * The same as the kernels generate.
 */
export function drawnSigns(key: Key, i: number, d: number): Int8Array {
  const bits = drawnBits(key, i, d)
  const signs = new Int8Array(d)
  for (let j = 0; j < d; j++) signs[j] = 1 - 2 * ((bits[j >> 3] >> (j & 7)) & 1)
  return signs
}

/** √d·Σ f_i over a subset of the codewords that a key draws: integers, length d. */
export function drawnSum(key: Key, subset: ArrayLike<number>, d: number): Int32Array {
  const sum = new Int32Array(d).fill(subset.length)
  for (let m = 0; m < subset.length; m++) {
    const bits = drawnBits(key, subset[m], d)
    for (let j = 0; j < d; j++) sum[j] -= 2 * ((bits[j >> 3] >> (j & 7)) & 1)
  }
  return sum
}

const words = new Uint32Array(4)

/** The signs of a codeword in bytes: bit j % 8 of byte ⌊j/8⌋ is set iff sign j is −1. */
function drawnBits(key: Key, i: number, d: number): Uint8Array {
  const bits = new Uint8Array(columnsFor(d))
  const block = Math.floor(i / BLOCK)
  const word = (i % BLOCK) >> 2
  const shift = 8 * (i % 4)
  for (let column = 0; column < bits.length; column++) {
    philoxInto(words, block, column, 0, 0, key)
    bits[column] = words[word] >>> shift
  }
  return bits
}
