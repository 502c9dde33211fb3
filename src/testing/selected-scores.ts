import type { Selected } from '../kernels/sign-matrix.js'

/** All scores, as a selection. */
export const all = (scores: ArrayLike<number>): Selected => ({
  indices: Int32Array.from({ length: scores.length }, (_, i) => i),
  scores: Float64Array.from(scores),
})
