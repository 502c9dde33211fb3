import type { Bound } from '../bound.js'
import type { Evolution } from './evolution.js'
import type { ModelProblem } from './model-problem.js'

/** Where a statement about a model is asked for. */
export interface ModelPlace {
  readonly problem: ModelProblem
  readonly evolution: Evolution
  /** H, of which codewords are active, in bits. */
  readonly entropyBits: number
  /** Failure probability that is allowed, in (0, 1). */
  readonly p: number
}

/** One statement that names a dimension for a model of the problem: a row of `plan`. */
export interface ModelBound extends Pick<Bound, 'id' | 'decoder' | 'source' | 'statement'> {
  readonly kind: (at: ModelPlace) => Bound['kind']
  /** What is read at the dimension: `recall:0.8`, `bits:1`, …; recall is at as many codewords named as are active. */
  readonly criterion: string
  readonly dimension: (at: ModelPlace) => number
  /** Why it says nothing here, in a phrase. */
  readonly silent?: (at: ModelPlace) => string | undefined
}

/** A kind that is the same for every model. */
export const always =
  (kind: Bound['kind']): ModelBound['kind'] =>
  () =>
    kind
