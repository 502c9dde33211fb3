/**
 * How a d × N sign matrix is packed. Codewords stand in blocks of 16; a block holds its byte columns in turn, and a
 * byte column holds 16 bytes, one a codeword: bit `b` of the byte of codeword `i` in column `c` is set iff entry
 * (8c + b, i) is −1. One SIMD register thus holds 8 coordinates of 16 codewords.
 *
 * The block stride may be larger than the columns in use: a prefix in d of a longer dictionary is the same store
 * read with fewer columns. Bits past d are never read: look-up tables are zero there.
 */
export const BLOCK = 16

/** Byte columns for d coordinates. */
export const columnsFor = (dimension: number): number => Math.ceil(dimension / 8)

/** 32-bit words of a row of d signs by itself: whole 64-bit words. */
export const rowWords = (dimension: number): number => 2 * Math.ceil(dimension / 64)

/** Blocks for N codewords. */
export const blocksFor = (size: number): number => Math.ceil(size / BLOCK)

/** Bytes of a packed d × N matrix. */
export const bytesFor = (size: number, dimension: number): number =>
  blocksFor(size) * columnsFor(dimension) * BLOCK

/** Largest magnitude of a vector of d integers for which every score is exact in a double. */
export const largestExact = (dimension: number): number => 2 ** 52 / dimension

/**
 * Hands out memory, in bytes from the address `at` on: `take` gives where the next piece begins, on a boundary of 8,
 * and `end` where the last one ends.
 */
export function shelves(at: number) {
  let end = at
  const take = (bytes: number): number => {
    const from = end
    end += 8 * Math.ceil(bytes / 8)
    return from
  }
  return { take, end: () => end }
}

/** To be thrown where a kernel's memory cannot grow to so many bytes. */
export const outOfMemory = (bytes: number): RangeError =>
  new RangeError(`needs ${(bytes / 2 ** 20).toFixed(0)} MiB of kernel memory, more than there is`)
