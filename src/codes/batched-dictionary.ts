import type { Messages, Passing } from '../kernels/passing.js'
import { select } from '../kernels/select.js'
import type { Scored, Selected, Wanted } from '../kernels/sign-matrix.js'
import { addScaled } from '../numerics/add-scaled.js'
import type { Dictionary } from './problem.js'

/** A dictionary that takes several vectors in one pass: what the built-in decoders run on. */
export interface BatchedDictionary extends Dictionary {
  /** Whether all codewords are known to have norm 1; otherwise it takes a look at each. */
  readonly unitNorms?: boolean
  /** Fᵀv for each vector. `bits` (a hint) is the relative precision that the caller needs, 2^-bits. */
  correlateMany(vectors: readonly Float64Array[], bits?: number): Float64Array[]
  /**
   * For each vector those of its scores that are wanted, as `correlateMany` has them; others that reach a bar but for
   * rounding may come with them.
   */
  selectMany(vectors: readonly Float64Array[], wanted: readonly Wanted[], bits?: number): Selected[]
  /** The codeword of largest ⟨f_i, v⟩ for each vector, the lowest index among ties. */
  argmaxMany(vectors: readonly Float64Array[]): Scored[]
  /**
   * Where only what wins is drawn, in the place of all scores: of the codewords of norm 1 that are not taken, the one
   * of largest ⟨f_i, v⟩/‖g_i‖, g_i being what of f_i is outside the span of orthonormal directions, to which v is
   * orthogonal; the lowest index among ties. Its score is −∞ where all are in the span. Directions are added to the
   * array from one call to the next.
   */
  argmaxOutside?(v: Float64Array, directions: readonly Float64Array[], taken: ReadonlySet<number>): Scored
  /**
   * Fy for a sparse y: Σ weights[m]·f_i, i = indices[m], length d; equals `superpose` up to rounding when weights are
   * 1.
   */
  combine(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array
  /**
   * Steps of message passing all in one call, where there is a faster way than one by one with 4 bits; undefined
   * where there is none.
   */
  passMessages?(passing: Passing): Messages | undefined
}

const METHODS = [
  'correlateMany',
  'selectMany',
  'argmaxMany',
  'combine',
] as const satisfies (keyof BatchedDictionary)[]

/** The dictionary itself where it takes many vectors, otherwise a view of it that takes them one by one. */
export function batched(dictionary: Dictionary): BatchedDictionary {
  if (METHODS.every((method) => method in dictionary)) return dictionary as BatchedDictionary
  return {
    size: dictionary.size,
    dimension: dictionary.dimension,
    codeword: (i) => dictionary.codeword(i),
    correlate: (v) => dictionary.correlate(v),
    superpose: (subset) => dictionary.superpose(subset),
    correlateMany: (vectors) => vectors.map((v) => dictionary.correlate(v)),
    selectMany: (vectors, wanted) => vectors.map((v, c) => select(dictionary.correlate(v), wanted[c])),
    argmaxMany: (vectors) => vectors.map((v) => argmax(dictionary.correlate(v))),
    combine: (indices, weights) => combine(dictionary, indices, weights),
  }
}

/** The largest of the scores and where it stands first. */
export function argmax(scores: ArrayLike<number>): Scored {
  let index = 0
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[index]) index = i
  return { index, score: scores[index] }
}

function combine(
  dictionary: Dictionary,
  indices: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const total = new Float64Array(dictionary.dimension)
  for (let m = 0; m < indices.length; m++) {
    addScaled(total, weights[m], dictionary.codeword(indices[m]))
  }
  return total
}
