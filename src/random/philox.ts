import type { Key } from './key.js'

type Words = readonly [number, number, number, number]

/**
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): four
 * unsigned 32-bit words from a counter of four and a key of two.
 */
export function philox(counter: Words, key: Key): Words {
  let [c0, c1, c2, c3] = counter
  let [k0, k1] = key
  for (let round = 0; round < 10; round++) {
    const low0 = Math.imul(0xd2511f53, c0) >>> 0
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0
    const high0 = multiplyHigh(0xd2511f53, c0)
    c0 = (multiplyHigh(0xcd9e8d57, c2) ^ c1 ^ k0) >>> 0
    c1 = low1
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0
    k0 = (k0 + 0x9e3779b9) >>> 0
    k1 = (k1 + 0xbb67ae85) >>> 0
  }
  return [c0, c1, c2, c3]
}

/** Upper 32 bits of the product of two unsigned 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const middle = a1 * b0 + Math.floor((a0 * b0) / 0x10000)
  const other = a0 * b1 + (middle % 0x10000)
  return a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)
}
