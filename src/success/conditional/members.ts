import { rademacherDictionary } from '../../codes/rademacher.js'
import { stream } from '../../codes/stream.js'

/** The k codewords of a subset, as signs √d·f, and where each stands among all N. */
export class Members {
  readonly k: number
  readonly d: number
  /** k rows of d signs ±1. */
  readonly rows: readonly Int8Array[]
  /** Where each member stands among the N codewords, as an increasing function of its index: ties go to the lowest. */
  readonly positions: ArrayLike<number>
  #gram: Int32Array | undefined
  #packed: Int32Array | undefined

  constructor(rows: readonly Int8Array[], d: number, positions: ArrayLike<number>) {
    this.k = rows.length
    this.d = d
    this.rows = rows
    this.positions = positions
  }

  /** Σ weights[m]·row m, length d; the code itself, √d·X, when the weights are 1. */
  combine(weights: ArrayLike<number>): Float64Array {
    const total = new Float64Array(this.d)
    this.rows.forEach((row, m) => {
      const weight = weights[m]
      if (weight !== 0) for (let j = 0; j < total.length; j++) total[j] += weight * row[j]
    })
    return total
  }

  /** The inner product of every member with a vector of length d. */
  correlate(v: Float64Array): Float64Array {
    return Float64Array.from(this.rows, (row) => {
      let score = 0
      for (let j = 0; j < v.length; j++) score += row[j] * v[j]
      return score
    })
  }

  /** k × k inner products of the rows. */
  get gram(): Int32Array {
    if (this.#gram) return this.#gram
    const { k } = this
    const gram = new Int32Array(k * k)
    for (let a = 0; a < k; a++) {
      for (let b = 0; b <= a; b++) gram[a * k + b] = gram[b * k + a] = this.#inner(this.#bits(), b, a)
    }
    this.#gram = gram
    return gram
  }

  /** The inner product of every row with d signs packed as `packSigns` does. */
  correlateSigns(signs: Int32Array, out: Float64Array): void {
    for (let m = 0; m < this.k; m++) out[m] = this.#inner(signs, 0, m)
  }

  /** ⟨row a of `signs`, row b of the members⟩. */
  #inner(signs: Int32Array, a: number, b: number): number {
    const words = wordsFor(this.d)
    const bits = this.#bits()
    let differing = 0
    for (let w = 0; w < words; w++) differing += ones(signs[a * words + w] ^ bits[b * words + w])
    return this.d - 2 * differing
  }

  #bits(): Int32Array {
    if (this.#packed) return this.#packed
    const words = wordsFor(this.d)
    const packed = new Int32Array(this.k * words)
    this.rows.forEach((row, m) => {
      packSigns(row, packed.subarray(m * words, (m + 1) * words))
    })
    this.#packed = packed
    return packed
  }
}

/** 32-bit words that d signs take. */
export const wordsFor = (d: number): number => Math.ceil(d / 32)

/** Bit j of the words is set iff sign j is −1. */
export function packSigns(signs: Int8Array, words: Int32Array): void {
  for (let w = 0; w < words.length; w++) {
    let word = 0
    for (let j = Math.min(signs.length, 32 * w + 32) - 1; j >= 32 * w; j--)
      word = (word << 1) | (signs[j] >>> 31)
    words[w] = word
  }
}

/** The number of ones in a 32-bit word. */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  x = (x + (x >>> 4)) & 0x0f0f0f0f
  return Math.imul(x, 0x01010101) >>> 24
}

/**
 * The members of trial `index`: they depend on (seed, k, index) alone, not on N, and those at a smaller d are prefixes of those at a
 * larger one.
 */
export function drawMembers(k: number, d: number, seed: string, index: number): Members {
  const random = stream(seed, 'members', k, index)
  const key = random.key()
  const positions = Float64Array.from({ length: k }, random.uniform)
  if (k === 0) return new Members([], d, positions)
  const dictionary = rademacherDictionary(k, d, key)
  return new Members(
    Array.from({ length: k }, (_, m) => dictionary.signs(m)),
    d,
    positions,
  )
}
