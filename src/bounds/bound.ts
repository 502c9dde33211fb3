import type { Parameters } from './parameters.js'

/**
 * - `guarantee`: proved to suffice for the decoder, failing with probability at most p.
 * - `converse`: proved to be needed, by any decoder that does what the statement says.
 * - `law`: predicts the dimension at this N and k (by an approximation that the statement names).
 * - `asymptote`: a law in the limit of large N, reached slowly.
 * - `rule`: an empirical rule of thumb.
 */
export type BoundKind = 'guarantee' | 'converse' | 'law' | 'asymptote' | 'rule'

/** One statement that names a dimension: a row of `plan`. */
export interface Bound {
  readonly id: string
  readonly kind: BoundKind
  /** The decoder it is about, or `any`. */
  readonly decoder: string
  /** Place in the paper, or the reference. */
  readonly source: string
  /** What holds at or above the dimension (below it, for a converse), in one sentence. */
  readonly statement: string
  /** The dimension d as a real number ≥ 0; NaN or Infinity where the statement says nothing. */
  readonly dimension: (at: Parameters) => number
}
