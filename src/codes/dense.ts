import { requireInteger } from '../io/arguments.js'
import { atOnce, type Steps } from '../io/slices.js'
import { select } from '../kernels/select.js'
import type { Scored, Selected, Wanted } from '../kernels/sign-matrix.js'
import { addScaled } from '../numerics/add-scaled.js'
import { ln } from '../numerics/special/logarithms.js'
import type { Key } from '../random/key.js'
import { philox } from '../random/philox.js'
import { argmax, type BatchedDictionary } from './batched-dictionary.js'
import { checkCodeword, checkKey, checkRows } from './checks.js'

/** A dictionary of N real codewords of length d, stored codeword after codeword in doubles: 8Nd bytes. @since 0.1.0 */
export class DenseDictionary implements BatchedDictionary {
  readonly size: number
  readonly dimension: number
  readonly #entries: Float64Array

  /**
   * @param entries N ≥ 1 runs of d finite numbers, kept, not copied. Codewords are taken as given, of whatever norm.
   * @param dimension d, an integer ≥ 1
   * @throws RangeError where they are not that
   */
  constructor(entries: Float64Array, dimension: number) {
    if (!Number.isInteger(dimension) || dimension < 1 || entries.length === 0 || entries.length % dimension) {
      throw new RangeError(`${entries.length} entries are not N ≥ 1 codewords of d = ${dimension}`)
    }
    const bad = entries.findIndex((entry) => !Number.isFinite(entry))
    if (bad >= 0) {
      const where = `entry ${bad % dimension} of codeword ${Math.floor(bad / dimension)}`
      throw new RangeError(`${where} is ${entries[bad]}, not a finite number`)
    }
    this.#entries = entries
    this.dimension = dimension
    this.size = entries.length / dimension
  }

  /** Its entries, codeword after codeword, not copied: what threads share. */
  entries(): Float64Array {
    return this.#entries
  }

  codeword(i: number): Float64Array {
    checkCodeword(i, this.size)
    return this.#entries.slice(i * this.dimension, (i + 1) * this.dimension)
  }

  superpose(subset: ArrayLike<number>): Float64Array {
    return this.combine(subset, new Float64Array(subset.length).fill(1))
  }

  combine(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
    const total = new Float64Array(this.dimension)
    for (let m = 0; m < indices.length; m++) {
      checkCodeword(indices[m], this.size)
      const from = indices[m] * this.dimension
      addScaled(total, weights[m], this.#entries.subarray(from, from + this.dimension))
    }
    return total
  }

  correlate(v: Float64Array): Float64Array {
    const d = this.dimension
    if (v.length !== d) throw new RangeError(`a vector of length ${d} is needed, not ${v.length}`)
    const entries = this.#entries
    const scores = new Float64Array(this.size)
    for (let i = 0, at = 0; i < this.size; i++, at += d) {
      let a = 0
      let b = 0
      let c = 0
      let e = 0
      let j = 0
      for (; j + 3 < d; j += 4) {
        a += entries[at + j] * v[j]
        b += entries[at + j + 1] * v[j + 1]
        c += entries[at + j + 2] * v[j + 2]
        e += entries[at + j + 3] * v[j + 3]
      }
      for (; j < d; j++) a += entries[at + j] * v[j]
      scores[i] = a + b + (c + e)
    }
    return scores
  }

  correlateMany(vectors: readonly Float64Array[]): Float64Array[] {
    return vectors.map((v) => this.correlate(v))
  }

  selectMany(vectors: readonly Float64Array[], wanted: readonly Wanted[]): Selected[] {
    return vectors.map((v, c) => select(this.correlate(v), wanted[c]))
  }

  argmaxMany(vectors: readonly Float64Array[]): Scored[] {
    return vectors.map((v) => argmax(this.correlate(v)))
  }
}

/**
 * The dictionary with these codewords, copied as they are: decoders and certificates take them to be of norm 1.
 *
 * @param rows N ≥ 1 rows of d ≥ 1 finite numbers
 * @throws RangeError where they are not that
 * @since 0.1.0
 */
export function givenDictionary(rows: readonly ArrayLike<number>[]): DenseDictionary {
  const { N, d } = checkRows(rows)
  const entries = new Float64Array(N * d)
  rows.forEach((row, i) => {
    entries.set(row, i * d)
  })
  return new DenseDictionary(entries, d)
}

/** The dictionary of N codewords of length d, in memory that threads may share. */
export const sharedDictionary = (
  N: number,
  d: number,
  codeword: (i: number) => Float64Array,
): DenseDictionary => atOnce(sharedSteps(N, d, codeword))

/** The same, codeword by codeword. */
export function* sharedSteps(
  N: number,
  d: number,
  codeword: (i: number) => Float64Array,
): Steps<DenseDictionary> {
  const entries = new Float64Array(new SharedArrayBuffer(8 * N * d))
  for (let i = 0; i < N; i++) {
    entries.set(codeword(i), i * d)
    yield
  }
  return new DenseDictionary(entries, d)
}

/** N codewords uniform on the unit sphere of ℝ^d: normalised Gaussians (Marsaglia's polar method). */
export function gaussianDictionary(N: number, d: number, key: Key): DenseDictionary {
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  checkKey(key)
  const entries = new Float64Array(N * d)
  for (let i = 0; i < N; i++) {
    const codeword = entries.subarray(i * d, (i + 1) * d)
    for (let j = 0; j < d; j += 2) {
      const [x, y] = gaussianPair(i, j, key)
      codeword[j] = x
      codeword[j + 1] = y // dropped past the end, where d is odd
    }
    const norm = Math.sqrt(codeword.reduce((sum, x) => sum + x * x, 0))
    for (let j = 0; j < d; j++) codeword[j] /= norm
  }
  return new DenseDictionary(entries, d)
}

/** Two independent standard normals that depend on (key, i, j) alone; ln is a library's, the same on every engine. */
function gaussianPair(i: number, j: number, key: Key): [number, number] {
  for (let attempt = 0; ; attempt++) {
    const [a, b, c, e] = philox([i, j, attempt, 1], key)
    const x = (a * 2 ** 21 + (b >>> 11) + 0.5) * 2 ** -52 - 1
    const y = (c * 2 ** 21 + (e >>> 11) + 0.5) * 2 ** -52 - 1
    const radius = x * x + y * y
    if (radius < 1 && radius > 0) {
      const scale = Math.sqrt((-2 * ln(radius)) / radius)
      return [x * scale, y * scale]
    }
  }
}
