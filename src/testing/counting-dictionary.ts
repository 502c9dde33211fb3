import { type BatchedDictionary, batched } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import type { Wanted } from '../kernels/sign-matrix.js'

/** A dictionary that counts the vectors that are correlated with all of it. */
export function countingDictionary(dictionary: Dictionary): BatchedDictionary & { passes: number } {
  const many = batched(dictionary)
  const counting = {
    passes: 0,
    size: many.size,
    dimension: many.dimension,
    codeword: (i: number) => many.codeword(i),
    superpose: (subset: ArrayLike<number>) => many.superpose(subset),
    combine: (indices: ArrayLike<number>, weights: ArrayLike<number>) => many.combine(indices, weights),
    correlate(v: Float64Array) {
      counting.passes++
      return many.correlate(v)
    },
    correlateMany(vectors: readonly Float64Array[], bits?: number) {
      counting.passes += vectors.length
      return many.correlateMany(vectors, bits)
    },
    selectMany(vectors: readonly Float64Array[], wanted: readonly Wanted[], bits?: number) {
      counting.passes += vectors.length
      return many.selectMany(vectors, wanted, bits)
    },
    argmaxMany(vectors: readonly Float64Array[]) {
      counting.passes += vectors.length
      return many.argmaxMany(vectors)
    },
  }
  return counting
}
