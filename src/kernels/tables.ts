import { columnsFor } from './layout.js'

/** Radix of the planes that a wide vector is split into. */
const RADIX = 128
/** Two biased look-ups of one byte column must fit in a byte: the sum of both biases is at most this. */
export const LARGEST_COLUMN = 127

/** Sums ±v over the 16 sign patterns of four coordinates (bit set: minus), into sums[at … at+15]. */
export function nibbleSums(
  v: ArrayLike<number>,
  from: number,
  length: number,
  sums: Float64Array,
  at: number,
): void {
  const a = from < length ? v[from] : 0
  const b = from + 1 < length ? v[from + 1] : 0
  const c = from + 2 < length ? v[from + 2] : 0
  const d = from + 3 < length ? v[from + 3] : 0
  for (let high = 0; high < 4; high++) {
    const upper = (high & 1 ? -c : c) + (high & 2 ? -d : d)
    const p = at + 4 * high
    sums[p] = upper + a + b
    sums[p + 1] = upper - a + b
    sums[p + 2] = upper + a - b
    sums[p + 3] = upper - a - b
  }
}

/** Those sums for every half of a byte column of v (length d): 32·columns of them. */
export function writeSums(v: ArrayLike<number>, dimension: number, sums: Float64Array): void {
  for (let j = 0, at = 0; j < 8 * columnsFor(dimension); j += 4, at += 16)
    nibbleSums(v, j, dimension, sums, at)
}

/** The largest sum of magnitudes over `width` entries in turn: over a byte column for 8, over a half of one for 4. */
export function widest(v: ArrayLike<number>, dimension: number, width: 4 | 8): number {
  let most = 0
  for (let j = 0; j < dimension; j += width) {
    let sum = 0
    for (let i = j; i < j + width && i < dimension; i++) sum += Math.abs(v[i])
    if (sum > most) most = sum
  }
  return most
}

/** Planes that `v` needs: 1 when every column's absolute sum fits a byte, otherwise enough base-128 digits. */
export function planesFor(v: ArrayLike<number>, dimension: number): number {
  if (widest(v, dimension, 8) <= LARGEST_COLUMN) return 1
  const nibble = widest(v, dimension, 4)
  let planes = 1
  // P balanced digits in [-64, 63] reach 63·(128^P − 1)/127 on the positive side.
  for (let reach = 63; reach < nibble; reach = reach * RADIX + 63) planes++
  return planes
}

/** Planes that all of the vectors fit. */
export const mostPlanes = (vectors: readonly ArrayLike<number>[], dimension: number): number =>
  vectors.reduce((most, v) => Math.max(most, planesFor(v, dimension)), 1)

/** Bytes that tables of this shape take. */
export const tableBytes = (columns: number, planes: number): number => planes * (8 + 32 * columns)

/**
 * Write the look-up tables of the integers `v` (length d) into `bytes` from `at`: `planes` ≥ `planesFor(v)` runs of 8
 * + 32·columns bytes. A plane is a bias (one double) and 32 unsigned bytes a column, 16 partial sums for the low
 * nibble and 16 for the high one. A vector with small entries takes one plane; a wider one is written in balanced
 * base 128, highest digit first.
 */
export function writeTables(
  v: ArrayLike<number>,
  dimension: number,
  planes: number,
  bytes: Uint8Array,
  at: number,
): void {
  const columns = columnsFor(dimension)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (planes === 1) {
    view.setFloat64(at, writeSmall(v, dimension, bytes, at + 8), true)
    return
  }
  const sums = scratch(columns * 32)
  writeSums(v, dimension, sums)
  const planeBytes = tableBytes(columns, 1)
  for (let plane = planes - 1; plane >= 0; plane--) {
    const from = at + plane * planeBytes
    view.setFloat64(from, columns * 128, true)
    for (let i = 0; i < columns * 32; i++) {
      const rest = Math.floor((sums[i] + 64) / RADIX)
      bytes[from + 8 + i] = sums[i] - rest * RADIX + 64
      sums[i] = rest
    }
  }
}

/** The look-ups of integers that fit one plane. Returns the sum of the biases, a nibble's being its largest sum. */
function writeSmall(v: ArrayLike<number>, dimension: number, bytes: Uint8Array, at: number): number {
  const entry = (j: number) => (j < dimension ? v[j] | 0 : 0)
  let total = 0
  for (let j = 0, p = at; j < 8 * columnsFor(dimension); j += 4, p += 16) {
    const a = entry(j)
    const b = entry(j + 1)
    const c = entry(j + 2)
    const d = entry(j + 3)
    const bias = Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d)
    total += bias
    for (let high = 0; high < 4; high++) {
      const upper = bias + (high & 1 ? -c : c) + (high & 2 ? -d : d)
      bytes[p + 4 * high] = upper + a + b
      bytes[p + 4 * high + 1] = upper - a + b
      bytes[p + 4 * high + 2] = upper + a - b
      bytes[p + 4 * high + 3] = upper - a - b
    }
  }
  return total
}

let shared = new Float64Array(0)
function scratch(length: number): Float64Array {
  if (shared.length < length) shared = new Float64Array(length)
  return shared
}
