import { Float32Store, ROWS } from '../kernels/float32/store.js'
import { select } from '../kernels/select.js'
import type { Scored, Selected, Wanted } from '../kernels/sign-matrix.js'
import { argmax, type BatchedDictionary } from './batched-dictionary.js'
import { checkCodeword } from './checks.js'

/** A dictionary that threads may share, as what a message between them can hold. */
export interface SharedRows {
  readonly memory: WebAssembly.Memory
  readonly N: number
  readonly d: number
  /** What the rows are multiplied by, length N; undefined where they are taken as they are. */
  readonly scales: Float64Array | undefined
}

/**
 * A dictionary of N given codewords of length d, kept as float32: 4Nd bytes, in memory that threads may share. Codeword
 * i is row i, or `scale`·row i where it is made unit: scales are doubles, so that unit codewords are of norm 1 within
 * 1e-15, as certificates ask.
 */
export class Float32Dictionary implements BatchedDictionary {
  readonly size: number
  readonly dimension: number
  readonly #store: Float32Store
  readonly #scales: Float64Array | undefined

  /** @param scales N finite numbers; 1 each where there are none */
  constructor(store: Float32Store, scales?: Float64Array) {
    this.size = store.size
    this.dimension = store.dimension
    this.#store = store
    this.#scales = scales
  }

  /** The dictionary that another thread shares. */
  static from({ memory, N, d, scales }: SharedRows): Float32Dictionary {
    return new Float32Dictionary(new Float32Store(N, d, memory), scales)
  }

  /** This dictionary for another thread: the rows are not copied. */
  share(): SharedRows {
    const { memory, size: N, dimension: d } = this.#store
    return { memory, N, d, scales: this.#scales }
  }

  /** ‖f_i‖ of every codeword, length N. */
  norms(): Float64Array {
    const d = this.dimension
    const floats = this.#store.floats()
    const norms = new Float64Array(this.size)
    for (let i = 0; i < this.size; i++) {
      let sum = 0
      const start = Math.floor(i / ROWS) * d * ROWS + (i % ROWS)
      for (let at = start, end = start + d * ROWS; at < end; at += ROWS) sum += floats[at] * floats[at]
      norms[i] = Math.abs(this.#scale(i)) * Math.sqrt(sum)
    }
    return norms
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
    return new Float32Dictionary(this.#store, scales)
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
    const d = this.dimension
    if (v.length !== d) throw new RangeError(`a vector of length ${d} is needed, not ${v.length}`)
    const floats = this.#store.floats()
    const scores = new Float64Array(this.size)
    for (let i = 0; i < this.size; i++) {
      let sum = 0
      const start = Math.floor(i / ROWS) * d * ROWS + (i % ROWS)
      for (let j = 0, at = start; j < d; j++, at += ROWS) sum += floats[at] * v[j]
      scores[i] = this.#scale(i) * sum
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

  #scale(i: number): number {
    return this.#scales === undefined ? 1 : this.#scales[i]
  }
}
