import type { Dictionary } from './problem.js'

/** The dictionary whose codeword i is codeword order[i] of another one. */
export class ReindexedDictionary implements Dictionary {
  readonly of: Dictionary
  /** Length N; distinct indices in [0, N) of the other one. */
  readonly order: Uint32Array
  readonly size: number
  readonly dimension: number

  constructor(of: Dictionary, order: ArrayLike<number>) {
    this.of = of
    this.order = Uint32Array.from(order)
    this.size = of.size
    this.dimension = of.dimension
  }

  codeword(i: number): Float64Array {
    return this.of.codeword(this.order[i])
  }

  correlate(v: Float64Array): Float64Array {
    const scores = this.of.correlate(v)
    return Float64Array.from(this.order, (i) => scores[i])
  }

  superpose(subset: ArrayLike<number>): Float64Array {
    return this.of.superpose(Array.from(subset, (i) => this.order[i]))
  }
}
