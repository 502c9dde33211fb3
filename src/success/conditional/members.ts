import { fastUniform } from '../../codes/fast-uniform.js'
import { type RademacherDictionary, rademacherArena } from '../../codes/rademacher.js'
import type { Key } from '../../kernels/signs.js'

/** Sums of ones stay within a byte up to here. */
const BYTE = 255

/** The k codewords of a subset, as signs √d·f, and where each stands among all N. */
export class Members {
  readonly k: number
  readonly d: number
  /** Where each member stands among the N codewords, as an increasing function of its index: ties go to the lowest. */
  readonly positions: ArrayLike<number>
  readonly #words: number
  /** k rows of `#words` words; bit j % 32 of word ⌊j/32⌋ is set iff sign j is −1. */
  readonly #packed: Int32Array
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
    this.#packed = new Int32Array(this.k * this.#words)
    const bytes = new Uint8Array(this.#packed.buffer)
    for (let m = 0; m < this.k; m++) bytes.set(dictionary.bits(subset[m]), 4 * m * this.#words)
  }

  /** √d·X, the sum of the rows. */
  get code(): Int32Array {
    if (this.#code) return this.#code
    const { k, d } = this
    const quads = 8 * this.#words
    const spread = new Int32Array(this.#spread().buffer)
    const code = new Int32Array(d).fill(k)
    const minus = new Int32Array(quads)
    const counts = new Uint8Array(minus.buffer)
    // Four coordinates an addition, as many rows as a byte can count.
    for (let from = 0; from < k; from += BYTE) {
      const rows = Math.min(BYTE, k - from)
      for (let q = 0; q < quads; q++) {
        let count = 0
        for (let m = 0, at = from * quads + q; m < rows; m++, at += quads) count += spread[at]
        minus[q] = count
      }
      for (let j = 0; j < d; j++) code[j] -= 2 * counts[j]
    }
    this.#code = code
    return code
  }

  /** The inner product of every row with √d·X. */
  codeScores(): Float64Array {
    const { k, d, code } = this
    const bytes = new Uint8Array(this.#packed.buffer)
    const stride = 4 * this.#words
    const scores = new Float64Array(k)
    const sums = new Float64Array(16)
    // A nibble of a row stands for four coordinates: their 16 signed sums are found once.
    for (let column = 0; 4 * column < d; column++) {
      for (let bit = 0, half = 1; bit < 4; bit++, half *= 2) {
        const entry = 4 * column + bit < d ? code[4 * column + bit] : 0
        for (let pattern = 0; pattern < half; pattern++) {
          sums[half + pattern] = sums[pattern] - entry
          sums[pattern] += entry
        }
      }
      const shift = 4 * (column & 1)
      for (let m = 0, at = column >> 1; m < k; m++, at += stride) scores[m] += sums[(bytes[at] >> shift) & 15]
      sums[0] = 0
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
        gram[a * k + b] = this.#inner(this.#packed, b, a)
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
    let differing = 0
    let i = a * words
    let j = b * words
    for (const end = i + words; i < end; i++, j++) differing += onesIn(signs[i] ^ this.#packed[j])
    return this.d - 2 * differing
  }

  #spread(): Uint8Array {
    if (this.#bytes) return this.#bytes
    const packed = new Uint8Array(this.#packed.buffer)
    const quads = new Int32Array(2 * packed.length)
    for (let i = 0; i < packed.length; i++) {
      quads[2 * i] = QUADS[packed[i] & 15]
      quads[2 * i + 1] = QUADS[packed[i] >> 4]
    }
    this.#bytes = new Uint8Array(quads.buffer)
    return this.#bytes
  }
}

/** The four bits of a nibble, a byte each. */
const QUADS = Int32Array.from({ length: 16 }, (_, nibble) => {
  const bytes = Uint8Array.from({ length: 4 }, (_, bit) => (nibble >> bit) & 1)
  return new Int32Array(bytes.buffer)[0]
})

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
