import type { Parameters } from './parameters.js'

/**
 * - `guarantee`: proved to suffice for the decoder, failing with probability at most p.
 * - `converse`: proved to be needed, by any decoder that does what the statement says.
 * - `law`: predicts the dimension at this N and k (by an approximation that the statement names).
 * - `asymptote`: a law in the limit of large N, reached slowly.
 * - `rule`: an empirical rule of thumb.
 *
 * @since 0.1.0
 */
export type BoundKind = 'guarantee' | 'converse' | 'law' | 'asymptote' | 'rule'

/**
 * What is to be read, where it is not one given k-subset from its code over a Rademacher dictionary, without noise:
 *
 * - `every subset`: all k-subsets over the same Rademacher dictionary.
 * - `every subset, any dictionary`: all k-subsets over any dictionary of unit codewords.
 * - `with noise`: the given subset, noise being added to the code.
 * - `some dictionary`: all k-subsets over a dictionary made for it.
 * - `coupled dictionary`: the given subset, over a spatially coupled dictionary.
 * - `pools of N/2`: the given subset, codewords being the multiplicities 0, 1, 2, … of pools drawn with replacement.
 *
 * @since 0.1.0
 */
export type Setting =
  | 'every subset'
  | 'every subset, any dictionary'
  | 'with noise'
  | 'some dictionary'
  | 'coupled dictionary'
  | 'pools of N/2'

/** One statement that names a dimension: a row of `plan`. @since 0.1.0 */
export interface Bound {
  readonly id: string
  readonly kind: BoundKind
  /** The decoder it is about, or `any`. */
  readonly decoder: string
  /** What the decoder is to read, where it is not the usual. */
  readonly problem?: Setting
  /**
   * The success probability that is passed at the dimension: one half, or 1 − p. Left out where the statement names
   * neither.
   */
  readonly level?: 'even' | 'reliable'
  /** Place in the paper, or the reference. */
  readonly source: string
  /** What holds at or above the dimension (below it, for a converse), in one sentence. */
  readonly statement: string
  /** The dimension d as a real number ≥ 0; finite wherever the statement is not `silent`. */
  readonly dimension: (at: Parameters) => number
  /** Where the dimension is computed with an error: whole numbers between which it lies. */
  readonly bar?: (at: Parameters) => readonly [number, number]
  /** Why the statement says nothing here, in a phrase; undefined where it does, and left out where it always does. */
  readonly silent?: (at: Parameters) => string | undefined
}
