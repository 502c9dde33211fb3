import type { Key } from '../random/key.js'
import type { Messages, Passing } from './passing.js'

/** A codeword and its score, an inner product in integer units (d·⟨f_i, v⟩ for v in units of 1/√d). */
export interface Scored {
  readonly index: number
  readonly score: number
}

/** Which codewords' scores are asked for: those outside the open interval between two bars, and some others. */
export interface Wanted {
  readonly low: number
  readonly high: number
  /** Codewords whose scores are asked for whatever they are. */
  readonly also: ArrayLike<number>
  /**
   * Where it is given, no score of other codewords than these and `also` is outside the interval: the caller's
   * knowledge, which a product may use.
   */
  readonly among?: ArrayLike<number>
}

/** Some codewords, ascending, and their scores. */
export interface Selected {
  readonly indices: Int32Array
  readonly scores: Float64Array
}

/**
 * A packed d × N matrix of signs and the products taken with it. Vectors hold integers small enough that every score
 * is exact in a double (see `largestExact`); they may be shorter than the allocated d: only that prefix is read.
 */
export interface SignMatrix {
  readonly size: number
  readonly dimension: number
  /** Make room for another shape; the old content is lost. Throws RangeError with the bytes needed when it cannot. */
  reshape(size: number, dimension: number): void
  /**
   * The codewords from, …, from + size − 1, `from` a multiple of 16, as a matrix in the same memory: gone once this one
   * is given another shape.
   */
  part(from: number, size: number): SignMatrix
  /** The packed bytes, laid out as layout.ts says; valid until the next call of any other method. */
  bytes(): Uint8Array
  /** Fill with fair signs that depend on the key and the position alone, not on the shape. */
  generate(key: Key): void
  /** All N scores of each vector; the arrays are views, valid until the next call. */
  correlate(vectors: readonly ArrayLike<number>[], dimension: number): Float64Array[]
  /** The codeword of largest score for each vector, the lowest index among ties. */
  argmax(vectors: readonly ArrayLike<number>[], dimension: number): Scored[]
  /** For each vector the codewords whose score is at most `low` or at least `high`, and those asked for besides. */
  select(vectors: readonly ArrayLike<number>[], wanted: readonly Wanted[], dimension: number): Selected[]
  /** Σ weights[m]·(√d·f_i) over i = indices[m], length `dimension`; rounded as sums of doubles in that order are. */
  combine(indices: ArrayLike<number>, weights: ArrayLike<number>, dimension: number): Float64Array
  /**
   * Steps of message passing all in one call, where the kernel has them for this d: on few codewords that takes a
   * third of the time. Scores are rounded as `coarse` rounds, to what one plane holds; all else is what the decoders'
   * message passing does, to the last bit.
   */
  passMessages?(passing: Passing): Messages | undefined
  /** The sum of all N codewords' signs by coordinate, length `dimension`: √d·Σ f_i. Integers in [−N, N]. */
  total(dimension: number): Int32Array
  /**
   * The codewords' first d = `dimension` signs one after the other, `rowWords(d)` words each: bit j % 32 of word
   * ⌊j/32⌋ is set iff sign j is −1. A view, valid until the next call.
   */
  rows(dimension: number): Int32Array
  /**
   * The N × N inner products of the codewords' first d = `dimension` signs, row by row: integers in [−d, d]. For few
   * codewords: takes 4·N² bytes.
   */
  gram(dimension: number): Int32Array
}
