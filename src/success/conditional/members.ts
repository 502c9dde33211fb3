import { fastUniform } from '../../codes/fast-uniform.js'
import { type RademacherDictionary, rademacherArena } from '../../codes/rademacher.js'
import { columnsFor } from '../../kernels/layout.js'
import type { Key } from '../../kernels/sign-matrix.js'

/** Sums of ones stay within a byte up to here. */
const BYTE = 255

/** The k codewords of a subset, as signs √d·f, and where each stands among all N. */
export class Members {
  readonly k: number
  readonly d: number
  /** Where each member stands among the N codewords, as an increasing function of its index: ties go to the lowest. */
  readonly positions: ArrayLike<number>
  readonly #words: number
  /** Byte column after byte column, k bytes each: bit b of byte m in column c is set iff sign 8c + b of row m is −1. */
  readonly #columns: Uint8Array
  /** The same bits, k rows of `#words` words. */
  #rows: Int32Array | undefined
  /** The same bits, a byte each: k rows of 32·`#words`. */
  #bytes: Uint8Array | undefined
  #code: Int32Array | undefined
  #gram: Int32Array | undefined

  /** The codewords `subset` of a dictionary. */
  constructor(dictionary: RademacherDictionary, subset: ArrayLike<number>, positions: ArrayLike<number>) {
    this.k = subset.length
    this.d = dictionary.dimension
    this.positions = positions
    this.#words = wordsFor(this.d)
    this.#columns = new Uint8Array(this.k * columnsFor(this.d))
    for (let m = 0; m < this.k; m++) {
      const bits = dictionary.bits(subset[m])
      for (let c = 0, at = m; c < bits.length; c++, at += this.k) this.#columns[at] = bits[c]
    }
  }

  /** √d·X, the sum of the rows. */
  get code(): Int32Array {
    if (this.#code) return this.#code
    const { k, d } = this
    const columns = this.#columns
    const code = new Int32Array(8 * columnsFor(d)).fill(k)
    for (let at = 0, j = 0; at < columns.length; j += 8) {
      // Four coordinates an addition, as many rows as a byte can count.
      for (const end = at + k; at < end; ) {
        let low = 0
        let high = 0
        for (const last = Math.min(end, at + BYTE); at < last; at++) {
          low += QUADS[columns[at] & 15]
          high += QUADS[columns[at] >> 4]
        }
        for (let b = 0; b < 4; b++) {
          code[j + b] -= 2 * ((low >>> (8 * b)) & BYTE)
          code[j + 4 + b] -= 2 * ((high >>> (8 * b)) & BYTE)
        }
      }
    }
    this.#code = code.subarray(0, d)
    return this.#code
  }

  /** The inner product of every row with √d·X. */
  codeScores(): Float64Array {
    const { k, d, code } = this
    const columns = this.#columns
    const scores = new Float64Array(k)
    const low = new Float64Array(16)
    const high = new Float64Array(16)
    // A nibble of a row stands for four coordinates: their 16 signed sums are found once.
    for (let c = 0, at = 0; 8 * c < d; c++) {
      signedSums(code, 8 * c, low)
      signedSums(code, 8 * c + 4, high)
      for (let m = 0; m < k; m++, at++) scores[m] += low[columns[at] & 15] + high[columns[at] >> 4]
    }
    return scores
  }

  /** r + weight·(row m). */
  add(r: Float64Array, m: number, weight: number): void {
    const bytes = this.#spread()
    for (let j = 0, at = 32 * m * this.#words; j < r.length; j++, at++) r[j] += weight * (1 - 2 * bytes[at])
  }

  /** k × k inner products of the rows. */
  get gram(): Int32Array {
    if (this.#gram) return this.#gram
    const { k } = this
    const gram = new Int32Array(k * k)
    for (let a = 0; a < k; a++) {
      for (let b = 0; b <= a; b++) {
        gram[a * k + b] = this.#inner(this.#packed(), b, a)
        gram[b * k + a] = gram[a * k + b]
      }
    }
    this.#gram = gram
    return gram
  }

  /** The inner product of every row with d signs, packed as the rows are: bit set for −1, none past d. */
  correlateSigns(signs: Int32Array, out: Float64Array): void {
    for (let m = 0; m < this.k; m++) out[m] = this.#inner(signs, 0, m)
  }

  /** ⟨row a of `signs`, row b of the members⟩. */
  #inner(signs: Int32Array, a: number, b: number): number {
    const words = this.#words
    const rows = this.#packed()
    let differing = 0
    let i = a * words
    let j = b * words
    for (const end = i + words; i < end; i++, j++) differing += onesIn(signs[i] ^ rows[j])
    return this.d - 2 * differing
  }

  #packed(): Int32Array {
    if (this.#rows) return this.#rows
    const { k } = this
    const rows = new Int32Array(k * this.#words)
    const bytes = new Uint8Array(rows.buffer)
    for (let m = 0; m < k; m++) {
      for (let at = m, out = 4 * m * this.#words; at < this.#columns.length; at += k, out++) {
        bytes[out] = this.#columns[at]
      }
    }
    this.#rows = rows
    return rows
  }

  #spread(): Uint8Array {
    if (this.#bytes) return this.#bytes
    const packed = new Uint8Array(this.#packed().buffer)
    const quads = new Int32Array(2 * packed.length)
    for (let i = 0; i < packed.length; i++) {
      quads[2 * i] = QUADS[packed[i] & 15]
      quads[2 * i + 1] = QUADS[packed[i] >> 4]
    }
    this.#bytes = new Uint8Array(quads.buffer)
    return this.#bytes
  }
}

/** The four bits of a nibble, a byte each, the first the lowest. */
const QUADS = Int32Array.from({ length: 16 }, (_, nibble) =>
  [0, 1, 2, 3].reduce((quad, bit) => quad | (((nibble >> bit) & 1) << (8 * bit)), 0),
)

/** The sums of entries from, …, from + 3 with minus where the pattern's bit is set; entries past the end are 0. */
function signedSums(entries: Int32Array, from: number, sums: Float64Array): void {
  sums[0] = 0
  for (let bit = 0, half = 1; bit < 4; bit++, half *= 2) {
    const entry = from + bit < entries.length ? entries[from + bit] : 0
    for (let pattern = 0; pattern < half; pattern++) {
      sums[half + pattern] = sums[pattern] - entry
      sums[pattern] += entry
    }
  }
}

/** 32-bit words that d signs take. */
export const wordsFor = (d: number): number => Math.ceil(d / 32)

/** The number of ones in a 32-bit word. */
function onesIn(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  x = (x + (x >>> 4)) & 0x0f0f0f0f
  return Math.imul(x, 0x01010101) >>> 24
}

const arena = rademacherArena()

/** The members that a key stands for; those at a smaller d are prefixes of those at a larger one. */
export function drawMembers(k: number, d: number, key: Key): Members {
  const dictionary = arena.draw(Math.max(1, k), d, key)
  const every = new Int32Array(k)
  const positions = new Float64Array(k)
  const uniform = fastUniform(key)
  for (let m = 0; m < k; m++) {
    every[m] = m
    positions[m] = uniform()
  }
  return new Members(dictionary, every, positions)
}
