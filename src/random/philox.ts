import type { Key } from './key.js'

type Words = readonly [number, number, number, number]

/**
 * Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): four
 * unsigned 32-bit words from a counter of four and a key of two.
 */
export function philox([c0, c1, c2, c3]: Words, key: Key): Words {
  const out = new Uint32Array(4)
  philoxInto(out, c0, c1, c2, c3, key)
  return [out[0], out[1], out[2], out[3]]
}

/** The same into `out`: a list for each counter takes as long as its words. */
export function philoxInto(out: Uint32Array, c0: number, c1: number, c2: number, c3: number, key: Key): void {
  // Signed: their bits are the same, and they stay integers of the machine.
  let k0 = key[0] | 0
  let k1 = key[1] | 0
  for (let round = 0; round < 10; round++) {
    const low0 = Math.imul(0xd2511f53, c0)
    const low1 = Math.imul(0xcd9e8d57, c2)
    const high0 = multiplyHigh(c0, 0xd2511f53)
    c0 = multiplyHigh(c2, 0xcd9e8d57) ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/** Upper 32 bits of the product of two unsigned 32-bit words, as a signed one; no sum on the way is beyond 2^32. */
function multiplyHigh(a: number, b: number): number {
  // One by one: taken from a list, they make the function too long to be inlined.
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const middle = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) | 0
  const other = (Math.imul(a0, b1) + (middle & 0xffff)) | 0
  return (Math.imul(a1, b1) + (middle >>> 16) + (other >>> 16)) | 0
}
