import { requireIndices, requireInteger } from '../io/arguments.js'
import { FLOAT32_ERROR, type Float32Kernel, kernelOf } from '../kernels/float32/kernel.js'
import { Float32Store, filler } from '../kernels/float32/store.js'
import type { Scored, Selected, Wanted } from '../kernels/sign-matrix.js'
import { inner } from '../numerics/inner.js'
import { argmax, type BatchedDictionary } from './batched-dictionary.js'
import { checkCodeword } from './checks.js'

/** A dictionary that threads may share, as what a message between them can hold. @since 0.2.0 */
export interface SharedRows {
  /** The rows as `Float32Store` lays them out. */
  readonly memory: WebAssembly.Memory
  readonly N: number
  readonly d: number
  /** What the rows are multiplied by, length N; undefined where they are taken as they are. */
  readonly scales: Float64Array | undefined
  /** Whether they are known to make all codewords of norm 1. */
  readonly unitNorms: boolean
}

/** Bits of a score that float32 is sure to have. */
const FLOAT32_BITS = 16
/** Where numbers of float32 are too small to be rounded relatively, products are off by this at most. */
const LEAST_FLOAT32 = 2 ** -148
/** One codeword by itself takes as long as so many in a pass. */
const MOST_ALONE = 8

/**
 * A dictionary of N given codewords of length d, kept as float32: 4Nd bytes, in memory that threads may share. Codeword
 * i is row i, or `scale`·row i where it is made unit: scales are doubles, so that unit codewords are of norm 1 within
 * 1e-15, as certificates ask.
 *
 * Scores are sums of doubles, in the order of coordinates. Where a caller asks for at most 16 bits, and to find the
 * codewords that a selection needs, they are of float32, within 7.8e-6·‖f_i‖·‖v‖; what is selected is then scored in
 * doubles, so that selections are those of doubles.
 *
 * @since 0.2.0
 */
export class Float32Dictionary implements BatchedDictionary {
  readonly size: number
  readonly dimension: number
  /** Whether all codewords are known to be of norm 1. */
  readonly unitNorms: boolean
  readonly #store: Float32Store
  readonly #scales: Float64Array | undefined
  #norms: Float64Array | undefined
  #least: Float64Array | undefined

  /**
   * @param scales N finite numbers; 1 each where there are none
   * @param unitNorms whether they make all codewords of norm 1
   */
  constructor(store: Float32Store, scales?: Float64Array, unitNorms = false) {
    this.size = store.size
    this.dimension = store.dimension
    this.#store = store
    this.#scales = scales
    this.unitNorms = unitNorms
  }

  /** The dictionary that another thread shares. */
  static from({ memory, N, d, scales, unitNorms }: SharedRows): Float32Dictionary {
    return new Float32Dictionary(new Float32Store(N, d, memory), scales, unitNorms)
  }

  /** This dictionary for another thread: the rows are not copied. */
  share(): SharedRows {
    const { memory, size: N, dimension: d } = this.#store
    return { memory, N, d, scales: this.#scales, unitNorms: this.unitNorms }
  }

  /** What the rows are multiplied by, length N. */
  scales(): Float64Array {
    return this.#scales?.slice() ?? new Float64Array(this.size).fill(1)
  }

  /** ‖f_i‖ of every codeword, length N. */
  norms(): Float64Array {
    this.#norms ??= this.#store.squares().map((square, i) => Math.abs(this.#scale(i)) * Math.sqrt(square))
    return this.#norms.slice()
  }

  /**
   * The same codewords at norm 1; the rows are shared.
   *
   * @throws RangeError at a codeword that is zero
   */
  unit(): Float32Dictionary {
    const scales = this.norms().map((norm, i) => {
      if (!(norm > 0)) throw new RangeError(`codeword ${i} is zero, and has no direction`)
      return this.#scale(i) / norm
    })
    return new Float32Dictionary(this.#store, scales, true)
  }

  /** The dictionary of some of the codewords, in the order given, copied. */
  take(indices: ArrayLike<number>): Float32Dictionary {
    requireIndices('the codewords to take', indices, this.size)
    const store = new Float32Store(indices.length, this.dimension)
    const fill = filler(store, 'coordinate')
    for (let m = 0; m < indices.length; m++) fill(Float32Array.from(this.#store.row(indices[m])))
    return new Float32Dictionary(store, this.#scales && Float64Array.from(indices, (i) => this.#scale(i)))
  }

  /** The same codewords as rows that nothing multiplies: this dictionary, or a copy of it rounded to float32. */
  asRows(): Float32Dictionary {
    if (this.#scales === undefined) return this
    const store = new Float32Store(this.size, this.dimension)
    const fill = filler(store, 'coordinate')
    for (let i = 0; i < this.size; i++) fill(Float32Array.from(this.codeword(i)))
    return new Float32Dictionary(store)
  }

  codeword(i: number): Float64Array {
    checkCodeword(i, this.size)
    const scale = this.#scale(i)
    return this.#store.row(i).map((entry) => scale * entry)
  }

  superpose(subset: ArrayLike<number>): Float64Array {
    return this.combine(subset, new Float64Array(subset.length).fill(1))
  }

  combine(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
    const total = new Float64Array(this.dimension)
    for (let m = 0; m < indices.length; m++) {
      checkCodeword(indices[m], this.size)
      this.#store.add(total, weights[m] * this.#scale(indices[m]), indices[m])
    }
    return total
  }

  correlate(v: Float64Array): Float64Array {
    return this.correlateMany([v])[0]
  }

  correlateMany(vectors: readonly Float64Array[], bits = Infinity): Float64Array[] {
    for (const v of vectors) this.#checkLength(v)
    const products = bits <= FLOAT32_BITS ? this.kernel().rough(vectors) : this.kernel().exact(vectors)
    for (const row of products) this.#rescale(row)
    return products
  }

  /** What `use` makes of each vector's scores, number c of them; they do not stay. */
  fromScores<T>(vectors: readonly Float64Array[], use: (scores: Float64Array, c: number) => T): T[] {
    for (const v of vectors) this.#checkLength(v)
    return this.kernel().fromExact(vectors, (products, c) => {
      this.#rescale(products)
      return use(products, c)
    })
  }

  selectMany(vectors: readonly Float64Array[], wanted: readonly Wanted[]): Selected[] {
    const near = this.#fromRough(vectors, (scores, c) => {
      const { low, high, also } = wanted[c]
      const asked = new Set(Array.from(also))
      const { relative, norms, least } = this.#error(vectors[c])
      const near: number[] = []
      for (let i = 0; i < scores.length; i++) {
        const error = relative * norms[i] + least[i]
        // Those that reach a bar but for rounding come with them, as the interface allows.
        if (!(scores[i] - error > low && scores[i] + error < high) || asked.has(i)) near.push(i)
      }
      return near
    })
    return vectors.map((v, c) => this.#scored(v, near[c]))
  }

  argmaxMany(vectors: readonly Float64Array[]): Scored[] {
    const candidates = this.#fromRough(vectors, (scores, c) => {
      const { relative, norms, least } = this.#error(vectors[c])
      let bar = -Infinity
      for (let i = 0; i < scores.length; i++) {
        const low = scores[i] - relative * norms[i] - least[i]
        if (low > bar && low < Infinity) bar = low
      }
      const near: number[] = []
      for (let i = 0; i < scores.length; i++) {
        if (!(scores[i] + relative * norms[i] + least[i] < bar)) near.push(i)
      }
      return near
    })
    return vectors.map((v, c) => {
      const { indices, scores } = this.#scored(v, candidates[c])
      const { index, score } = argmax(scores)
      return { index: indices[index], score }
    })
  }

  /** What `use` makes of each vector's scores in float32, number c of them; they do not stay. */
  #fromRough<T>(vectors: readonly Float64Array[], use: (scores: Float64Array, c: number) => T): T[] {
    for (const v of vectors) this.#checkLength(v)
    return this.kernel().fromRough(vectors, (products, c) => {
      this.#rescale(products)
      return use(products, c)
    })
  }

  /** Scores of the codewords from those of the rows, in place. */
  #rescale(products: Float64Array): void {
    const scales = this.#scales
    if (scales !== undefined) for (let i = 0; i < products.length; i++) products[i] *= scales[i]
  }

  /** These codewords with their scores in doubles. */
  #scored(v: Float64Array, near: readonly number[]): Selected {
    const one = (i: number) => this.#scale(i) * this.#store.score(i, v)
    const scores = near.length < this.size / MOST_ALONE ? Float64Array.from(near, one) : this.correlate(v)
    const indices = Int32Array.from(near)
    return {
      indices,
      scores: scores.length === near.length ? scores : Float64Array.from(near, (i) => scores[i]),
    }
  }

  /**
   * How far from ⟨f_i, v⟩ its score in float32 may be: relative·‖f_i‖ + least_i. What overflowed is not finite, and
   * near to everything.
   */
  #error(v: Float64Array) {
    const norms = this.#norms ?? this.norms()
    this.#least ??= Float64Array.from(norms, (_, i) => {
      return this.dimension * LEAST_FLOAT32 * Math.max(1, Math.abs(this.#scale(i)))
    })
    return { relative: FLOAT32_ERROR * Math.sqrt(inner(v, v)), norms, least: this.#least }
  }

  #checkLength(v: Float64Array): void {
    if (v.length === this.dimension) return
    throw new RangeError(`a vector of length ${this.dimension} is needed, not ${v.length}`)
  }

  /** The products of the rows as they are. It takes scratch in the memory that threads share when it is first used. */
  kernel(): Float32Kernel {
    return kernelOf(this.#store)
  }

  #scale(i: number): number {
    return this.#scales === undefined ? 1 : this.#scales[i]
  }
}

/**
 * The dictionary with these codewords, copied as float32.
 *
 * @param entries N ≥ 1 runs of d finite numbers
 * @param dimension d, an integer ≥ 1
 * @throws RangeError where they are not that
 * @since 0.2.0
 */
export function float32Dictionary(
  entries: Float32Array | Float64Array,
  dimension: number,
): Float32Dictionary {
  requireInteger('d', dimension, 1)
  const N = entries.length / dimension
  if (!Number.isInteger(N) || N < 1) {
    throw new RangeError(`${entries.length} entries are not N ≥ 1 codewords of d = ${dimension}`)
  }
  const store = new Float32Store(N, dimension)
  const bad = filler(store, 'coordinate')(Float32Array.from(entries))
  if (bad === undefined) return new Float32Dictionary(store)
  throw new RangeError(
    `coordinate ${bad.coordinate} of codeword ${bad.row} is not a finite number, or too large for float32`,
  )
}
