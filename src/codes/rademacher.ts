import { requireInteger } from '../io/arguments.js'
import { gibText } from '../io/quantity-text.js'
import { BLOCK, bytesFor, columnsFor, rowWords } from '../kernels/layout.js'
import type { Messages, Passing } from '../kernels/passing.js'
import type { Scored, Selected, SignMatrix, Wanted } from '../kernels/sign-matrix.js'
import { createSigns } from '../kernels/signs.js'
import { quotients } from '../numerics/quotients.js'
import type { Key } from '../random/key.js'
import type { BatchedDictionary } from './batched-dictionary.js'
import { checkCodeword, checkKey, checkRows } from './checks.js'
import { FRACTION_BITS, quantised } from './quantised.js'

/**
 * A dictionary of signs ±1/√d, one bit an entry. Codes and residuals have entries in ℤ/√d: they are correlated in
 * exact integers, so ties are ties. Other vectors are rounded to 2^-40 of their largest entry first; one whose
 * entries are all below 1e-11/√d is read as zero.
 *
 * @since 0.1.0
 */
export class RademacherDictionary implements BatchedDictionary {
  readonly size: number
  readonly dimension: number
  readonly #signs: SignMatrix
  readonly #current: () => boolean

  /** @param current whether the sign matrix still holds this dictionary (an arena reuses it for the next one). */
  constructor(signs: SignMatrix, dimension = signs.dimension, current: () => boolean = () => true) {
    this.#signs = signs
    this.#current = current
    this.size = signs.size
    this.dimension = dimension
  }

  /** The dictionary of the first d coordinates of every codeword; shares the memory. 1 ≤ d ≤ dimension. */
  prefix(dimension: number): RademacherDictionary {
    requireInteger('the dimension of a prefix', dimension, 1, this.dimension)
    return new RademacherDictionary(this.#signs, dimension, this.#current)
  }

  /**
   * The dictionary of the first d coordinates of the codewords from, …, from + size − 1; shares the memory.
   * @param from a multiple of 16
   */
  part(from: number, size: number, dimension: number): RademacherDictionary {
    requireInteger('the size of a part', size, 1, this.size - from)
    requireInteger('the dimension of a part', dimension, 1, this.dimension)
    if (from % BLOCK !== 0) throw new RangeError(`a part begins at a multiple of ${BLOCK}, not at ${from}`)
    return new RademacherDictionary(this.#signs.part(from, size), dimension, this.#current)
  }

  /** √d·f_i: d signs ±1. */
  signs(i: number): Int8Array {
    const bits = this.bits(i)
    const signs = new Int8Array(this.dimension)
    for (let j = 0; j < signs.length; j++) signs[j] = (bits[j >> 3] >> (j & 7)) & 1 ? -1 : 1
    return signs
  }

  /** The signs of f_i in ⌈d/8⌉ bytes: bit j % 8 of byte ⌊j/8⌋ is set iff sign j is −1. */
  bits(i: number): Uint8Array {
    checkCodeword(i, this.size)
    const bytes = this.#store().bytes()
    const stride = columnsFor(this.#signs.dimension) * BLOCK
    const at = Math.floor(i / BLOCK) * stride + (i % BLOCK)
    const bits = new Uint8Array(columnsFor(this.dimension))
    for (let column = 0; column < bits.length; column++) bits[column] = bytes[at + column * BLOCK]
    if (this.dimension % 8 > 0) bits[bits.length - 1] &= (1 << (this.dimension % 8)) - 1
    return bits
  }

  codeword(i: number): Float64Array {
    const entry = 1 / Math.sqrt(this.dimension)
    const bits = this.bits(i)
    const codeword = new Float64Array(this.dimension)
    for (let j = 0, byte = 0; j < codeword.length; j++, byte >>= 1) {
      if (j % 8 === 0) byte = bits[j / 8]
      codeword[j] = byte & 1 ? -entry : entry
    }
    return codeword
  }

  /** √d·Σ f_i: the superposition code in exact integers, length d. */
  sum(subset: ArrayLike<number>): Int32Array {
    return new Int32Array(this.combineSigns(subset, new Float64Array(subset.length).fill(1)))
  }

  /** √d·Σ f_i over all N codewords. */
  total(): Int32Array {
    return this.#store().total(this.dimension)
  }

  /**
   * The signs of all codewords, `rowWords(d)` words each: bit j % 32 of word ⌊j/32⌋ of a row is set iff sign j is −1.
   */
  rows(): Int32Array {
    return this.rowsNow().slice()
  }

  /** The same where they are: until anything else is asked of this dictionary, or of another in its memory. */
  rowsNow(): Int32Array {
    return this.#store().rows(this.dimension)
  }

  /** ⟨√d·f_i, v⟩ for every i, exact for integers v_j of at most 2^52/d in size. */
  products(v: Int32Array): Float64Array {
    return this.#store().correlate([v], this.dimension)[0].slice()
  }

  /** The N × N matrix of d·⟨f_i, f_j⟩, row by row. */
  gram(): Int32Array {
    return this.#store().gram(this.dimension)
  }

  superpose(subset: ArrayLike<number>): Float64Array {
    return quotients(this.sum(subset), Math.sqrt(this.dimension))
  }

  combine(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
    return quotients(this.combineSigns(indices, weights), Math.sqrt(this.dimension))
  }

  /** √d·Σ weights[m]·f_i over i = indices[m]. */
  combineSigns(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
    for (let m = 0; m < indices.length; m++) checkCodeword(indices[m], this.size)
    return this.#store().combine(indices, weights, this.dimension)
  }

  correlate(v: Float64Array): Float64Array {
    return this.correlateMany([v])[0]
  }

  /**
   * As BatchedDictionary asks; `bits` below 40 make vectors off the lattice cheaper: 7 bits a pass over the
   * dictionary, and one pass for 4.
   */
  correlateMany(vectors: readonly Float64Array[], bits = FRACTION_BITS): Float64Array[] {
    const lattice = vectors.map((v) => quantised(v, this.dimension, bits))
    const scores = this.#store().correlate(
      lattice.map(({ entries }) => entries),
      this.dimension,
    )
    return scores.map((row, c) => quotients(row, lattice[c].unit))
  }

  selectMany(vectors: readonly Float64Array[], wanted: readonly Wanted[], bits = FRACTION_BITS): Selected[] {
    const lattice = vectors.map((v) => quantised(v, this.dimension, bits))
    const selected = this.#store().select(
      lattice.map(({ entries }) => entries),
      wanted.map(({ low, high, ...others }, c) => {
        // A whole unit of slack: no rounding of a bar leaves out what reaches it.
        const { unit } = lattice[c]
        return { low: low * unit + 1, high: high * unit - 1, ...others }
      }),
      this.dimension,
    )
    return selected.map(({ indices, scores }, c) => ({ indices, scores: quotients(scores, lattice[c].unit) }))
  }

  argmaxMany(vectors: readonly Float64Array[]): Scored[] {
    const lattice = vectors.map((v) => quantised(v, this.dimension, FRACTION_BITS))
    const best = this.#store().argmax(
      lattice.map(({ entries }) => entries),
      this.dimension,
    )
    return best.map(({ index, score }, c) => ({ index, score: score / lattice[c].unit }))
  }

  passMessages(passing: Passing): Messages | undefined {
    return this.#store().passMessages?.(passing)
  }

  #store(): SignMatrix {
    if (!this.#current()) throw new Error('this dictionary is gone: its memory holds that of a later trial')
    return this.#signs
  }
}

/** Memory for one Rademacher dictionary at a time: each draw replaces the one before. */
export interface RademacherArena {
  /** N codewords of d fair signs that depend on (key, i, j) alone: prefixes in N and in d nest. */
  draw(N: number, d: number, key: Key): RademacherDictionary
}

/** An empty arena. Its draws throw RangeError, with the memory needed, when the dictionary cannot fit. */
export function rademacherArena(): RademacherArena {
  const signs = createSigns()
  let latest = 0
  return {
    draw(N, d, key) {
      checkShape(N, d)
      checkKey(key)
      const mine = ++latest
      signs.reshape(N, d)
      signs.generate(key)
      return new RademacherDictionary(signs, d, () => latest === mine)
    },
  }
}

/**
 * A Rademacher dictionary in memory of its own: N codewords of d independent fair signs ±1/√d, from the key alone.
 * The first coordinates of a longer one with the same N and key are the same.
 *
 * @param N an integer ≥ 1
 * @param d an integer ≥ 1; the dictionary and a vector of scores take about Nd/8 + 8N bytes, at most 3.75 GiB
 * @param key two integers in [0, 2^32)
 * @throws RangeError for another shape, or one that is too large, with the memory that it would need
 * @since 0.1.0
 */
export const rademacherDictionary = (N: number, d: number, key: Key): RademacherDictionary =>
  rademacherArena().draw(N, d, key)

/** The Rademacher dictionary with these codewords: N rows of d signs ±1. */
export function dictionaryOfSigns(rows: readonly ArrayLike<number>[]): RademacherDictionary {
  const { N, d } = checkRows(rows)
  const words = rowWords(d)
  const packed = new Int32Array(N * words)
  rows.forEach((row, i) => {
    for (let j = 0; j < d; j++) {
      if (row[j] !== 1 && row[j] !== -1)
        throw new RangeError(`entry ${j} of codeword ${i} is ${row[j]}, not ±1`)
      if (row[j] < 0) packed[i * words + (j >> 5)] |= 1 << (j & 31)
    }
  })
  return dictionaryOfRows(N, d, packed)
}

/**
 * The Rademacher dictionary with these signs, packed as `RademacherDictionary.rows` has them: N rows of `rowWords(d)`
 * words.
 */
export function dictionaryOfRows(N: number, d: number, rows: Int32Array): RademacherDictionary {
  checkShape(N, d)
  const signs = createSigns()
  signs.reshape(N, d)
  const bytes = signs.bytes().fill(0)
  const packed = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)
  const stride = columnsFor(d) * BLOCK
  for (let i = 0; i < N; i++) {
    const from = 4 * i * rowWords(d)
    const at = Math.floor(i / BLOCK) * stride + (i % BLOCK)
    for (let column = 0; column < columnsFor(d); column++) bytes[at + column * BLOCK] = packed[from + column]
  }
  return new RademacherDictionary(signs)
}

/** Bytes that a Rademacher dictionary and one vector of its scores take. */
export const rademacherBytes = (N: number, d: number): number => bytesFor(N, d) + 8 * N

function checkShape(N: number, d: number): void {
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  const bytes = rademacherBytes(N, d)
  if (bytes > LARGEST) {
    throw new RangeError(
      `N = ${N}, d = ${d} needs ${gibText(bytes)} for its dictionary; at most ${gibText(LARGEST)} fit`,
    )
  }
}

/** WebAssembly memory ends at 4 GiB; the rest is room for tables and scores. */
const LARGEST = 3.75 * 2 ** 30
