/**
 * A dictionary F, a d × N matrix: its columns are the codewords f_i. Drawn ones have norm 1; one from a file may have
 * codewords of any norm.
 *
 * @since 0.1.0
 */
export interface Dictionary {
  /** N, the number of codewords. */
  readonly size: number
  /** d, the length of a codeword. */
  readonly dimension: number
  /** f_i, length d, for i in [0, N). */
  codeword(i: number): Float64Array
  /**
   * Fᵀv, length N: ⟨f_i, v⟩ for every i, v of length d. On a Rademacher dictionary, inner products that tie in exact
   * arithmetic tie here, for codes and for residuals made by subtracting codewords.
   */
  correlate(v: Float64Array): Float64Array
  /** Σ f_i over the subset, length d. */
  superpose(subset: ArrayLike<number>): Float64Array
}

/** What a decoder may know of how codes are made, where they are more than sums of k codewords. */
export interface CodeModel {
  /** η in [0, 1): the share of the code's energy that is noise. */
  readonly noise: number
  /** σ²: the variance of the noise in each coordinate. */
  readonly noiseVariance: number
  /** The law of the coefficients of active codewords, E a² = 1: `constant`, `half-normal`, `lognormal:0.5`, … */
  readonly amplitudes: string
  /** The law of the active set: `subset`, of exactly k; `bernoulli` or `zipf:s`, of k on average. */
  readonly active: string
}

/** One code to be read. @since 0.1.0 */
export interface Problem {
  readonly dictionary: Dictionary
  /** X, length d: the sum of the active codewords, with amplitudes and noise where there is a model. */
  readonly code: Float64Array
  /** Number of active codewords, in [0, N]; the expected number where `model.active` draws each by itself. */
  readonly k: number
  /** Seeded per trial, uniform on [0, 1): the only randomness a decoder may use. */
  readonly random: () => number
  /** Undefined for sums of exactly k codewords without noise. */
  readonly model?: CodeModel
}

/**
 * An answer that says more than which codewords are active, for bits read of scores and for errors. A list or scores
 * there must be.
 *
 * @since 0.2.0
 */
export interface ScoredAnswer {
  /**
   * The choice, as of a decoder that answers with a list alone: by it the decoder is judged. Left out, it is the k
   * largest scores, of equal ones those of the lowest indices.
   */
  readonly list?: ArrayLike<number>
  /** Length N, finite, on one scale for all codes: the larger, the rather is a codeword active. */
  readonly scores?: ArrayLike<number>
  /** The coefficient of each codeword of the list, in its order, finite; that of all others is 0. */
  readonly amplitudes?: ArrayLike<number>
}

/** Reads a k-subset from its superposition code. `dpb check` examines the contract. @since 0.1.0 */
export interface Decoder {
  readonly name: string
  /**
   * Recover the k-subset Y from its code X: k distinct indices in [0, N), in any order. Another number of them breaks
   * the contract, unless the decoder declares `sizeVaries`. Scores and amplitudes may stand beside them.
   */
  decode(problem: Problem): ArrayLike<number> | ScoredAnswer | Promise<ArrayLike<number> | ScoredAnswer>
}
