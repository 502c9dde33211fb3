import type { Key } from './key.js'

/**
 * Uniform on the multiples of 2^-32 in [0, 1), some nanoseconds a draw: sfc32 (Doty-Humphrey, PractRand). For inner
 * loops, with the key of a named stream.
 */
export function fastUniform([a, b]: Key): () => number {
  let [x, y, z, counter] = [a | 0, b | 0, 0, 1]
  const next = () => {
    const word = (x + y + counter) | 0
    counter = (counter + 1) | 0
    x = y ^ (y >>> 9)
    y = (z + (z << 3)) | 0
    z = (((z << 21) | (z >>> 11)) + word) | 0
    return (word >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()
  return next
}
