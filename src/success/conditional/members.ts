import type { RademacherDictionary } from '../../codes/rademacher.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { stream } from '../../codes/stream.js'

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

  /** Σ weights[m]·row m, length d; the code itself, √d·X, when the weights are 1. */
  combine(weights: ArrayLike<number>): Float64Array {
    const stride = 32 * this.#words
    const bytes = this.#spread()
    const minus = new Float64Array(this.d)
    const plain: number[] = []
    let sum = 0
    for (let m = 0; m < this.k; m++) {
      const weight = weights[m]
      sum += weight
      if (weight === 1 && plain.length < BYTE) plain.push(m)
      else if (weight !== 0) {
        const row = bytes.subarray(m * stride)
        for (let j = 0; j < minus.length; j++) minus[j] += weight * row[j]
      }
    }
    const ones = this.#countOnes(plain)
    return minus.map((part, j) => sum - 2 * (part + ones[j]))
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

  /** √d·the inner product of every member with the code. */
  codeScores(): Float64Array {
    const { k, gram } = this
    return Float64Array.from({ length: k }, (_, m) => {
      let score = 0
      for (let other = 0; other < k; other++) score += gram[m * k + other]
      return score
    })
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

  /** By coordinate the number of −1 in these rows, at most 255 of them: four coordinates an addition. */
  #countOnes(rows: readonly number[]): Uint8Array {
    const quads = 8 * this.#words
    const bytes = new Int32Array(this.#spread().buffer)
    const counts = new Int32Array(quads)
    for (const m of rows) {
      for (let q = 0, at = m * quads; q < quads; q++, at++) counts[q] += bytes[at]
    }
    return new Uint8Array(counts.buffer)
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

/**
 * The members of trial `index`: they depend on (seed, k, index) alone, not on N, and those at a smaller d are prefixes of those at a
 * larger one.
 */
export function drawMembers(k: number, d: number, seed: string, index: number): Members {
  const random = stream(seed, 'members', k, index)
  const dictionary = arena.draw(Math.max(1, k), d, random.key())
  const every = Array.from({ length: k }, (_, m) => m)
  return new Members(dictionary, every, every.map(random.uniform))
}
