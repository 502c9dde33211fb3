/**
 * A dictionary F: d × N, columns f_i = codewords of unit norm.
 */
export interface Dictionary {
  /** N, the number of codewords. */
  readonly size: number
  /** d, the length of a codeword. */
  readonly dimension: number
  /** f_i, length d. */
  codeword(i: number): Float64Array
  /**
   * Fᵀv, length N: ⟨f_i, v⟩ for every i, v of length d. On a Rademacher dictionary, inner products that tie in exact
   * arithmetic tie here, for codes and for residuals made by subtracting codewords.
   */
  correlate(v: Float64Array): Float64Array
  /** Σ f_i over the subset, length d. */
  superpose(subset: ArrayLike<number>): Float64Array
}

/** One code to be read. */
export interface Problem {
  readonly dictionary: Dictionary
  /** X = FY, length d, in units where codewords have norm 1. */
  readonly code: Float64Array
  /** Size of the encoded subset. */
  readonly k: number
  /** Seeded per trial, uniform on [0, 1): the only randomness a decoder may use. */
  readonly random: () => number
}

/** Reads a k-subset from its superposition code. */
export interface Decoder {
  readonly name: string
  /** Recover the k-subset Y from its code X = FY: k distinct indices in [0, N), in any order. */
  decode(problem: Problem): ArrayLike<number> | Promise<ArrayLike<number>>
}
