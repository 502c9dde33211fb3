import { type RademacherDictionary, rademacherArena } from '../../codes/rademacher.js'
import { rowWords } from '../../kernels/layout.js'
import { onesIn } from '../../kernels/ones.js'
import { fastUniform } from '../../random/fast-uniform.js'
import type { Key } from '../../random/key.js'

/** From so many members on their scores are sooner had from the code than from their Gram matrix. */
const MANY = 100

/** The k codewords of a subset, as signs √d·f, and where each stands among all N. */
export class Members {
  readonly k: number
  readonly d: number
  /** Where each member stands among the N codewords, as an increasing function of its index: ties go to the lowest. */
  readonly positions: ArrayLike<number>
  readonly #dictionary: RademacherDictionary
  /** k rows of `rowWords(d)` words. */
  #rows: Int32Array | undefined
  /** The same bits, a byte each: k rows of 32 a word. */
  #bytes: Uint8Array | undefined
  #code: Int32Array | undefined
  #gram: Int32Array | undefined

  /** All codewords of a dictionary, or none where there are no positions. */
  constructor(dictionary: RademacherDictionary, positions: ArrayLike<number>) {
    this.k = positions.length
    this.d = dictionary.dimension
    this.positions = positions
    this.#dictionary = dictionary
  }

  /** √d·X, the sum of the rows. */
  get code(): Int32Array {
    this.#code ??= this.k > 0 ? this.#dictionary.total() : new Int32Array(this.d)
    return this.#code
  }

  /** The inner product of every row with √d·X. */
  codeScores(): Float64Array {
    const { k } = this
    // k·d rather than k²·d, unless the matrix is wanted anyway.
    if (!this.#gram && k >= MANY) return this.#dictionary.products(this.code)
    const { gram } = this
    const scores = new Float64Array(k)
    for (let m = 0, at = 0; m < k; m++) for (let other = 0; other < k; other++, at++) scores[m] += gram[at]
    return scores
  }

  /** The inner product of every row with a vector, but for a rounding of its entries to 2^-40 of the largest. */
  products(v: Float64Array): Float64Array {
    const { d } = this
    const scale = Math.sqrt(d)
    return this.#dictionary
      .correlate(v.map((entry) => entry / scale))
      .subarray(0, this.k)
      .map((score) => score * d)
  }

  /** r + weight·(row m); a whole weight for integers. */
  add(r: Int32Array | Float64Array, m: number, weight: number): void {
    const bytes = this.#spread()
    const at = 32 * m * rowWords(this.d)
    if (r instanceof Int32Array) addWhole(r, bytes, at, weight)
    else for (let j = 0; j < r.length; j++) r[j] += weight * (1 - 2 * bytes[at + j])
  }

  /** Σ weights[m]·(row m). */
  combine(weights: Float64Array): Float64Array {
    const { k } = this
    return this.#dictionary.combineSigns(
      Int32Array.from({ length: k }, (_, m) => m),
      weights,
    )
  }

  /** k × k inner products of the rows. */
  get gram(): Int32Array {
    this.#gram ??= this.#dictionary.gram()
    return this.#gram
  }

  /** The inner product of every row with d signs, packed as the rows are: bit set for −1, none past d. */
  correlateSigns(signs: Int32Array, out: Float64Array): void {
    const rows = this.#packed()
    for (let m = 0, at = 0; m < this.k; m++) {
      let differing = 0
      for (let i = 0; i < signs.length; i++, at++) differing += onesIn(signs[i] ^ rows[at])
      out[m] = this.d - 2 * differing
    }
  }

  #packed(): Int32Array {
    this.#rows ??= this.#dictionary.rows()
    return this.#rows
  }

  #spread(): Uint8Array {
    if (this.#bytes) return this.#bytes
    const packed = new Uint8Array(this.#packed().buffer)
    const octets = new Float64Array(packed.length)
    for (let i = 0; i < packed.length; i++) octets[i] = OCTETS[packed[i]]
    this.#bytes = new Uint8Array(octets.buffer)
    return this.#bytes
  }
}

/** The same for integers, on 32-bit integers alone. */
function addWhole(r: Int32Array, bytes: Uint8Array, at: number, weight: number): void {
  const up = weight | 0
  const down = 2 * up
  for (let j = 0; j < r.length; j++) r[j] += up - Math.imul(down, bytes[at + j])
}

/**
 * The eight bits of a byte, a byte each, the first the lowest, in the room of a double: a copy takes one instruction.
 * None is a NaN.
 */
const OCTETS = new Float64Array(Uint8Array.from({ length: 2048 }, (_, i) => ((i >> 3) >> (i & 7)) & 1).buffer)

const arena = rademacherArena()

/**
 * The members that a key stands for; those at a smaller d are prefixes of those at a larger one. They last until the
 * next are drawn.
 */
export function drawMembers(k: number, d: number, key: Key): Members {
  const uniform = fastUniform(key)
  const positions = new Float64Array(k)
  for (let m = 0; m < k; m++) positions[m] = uniform()
  return new Members(arena.draw(Math.max(1, k), d, key), positions)
}
