import { givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'

/** The dictionary whose codeword i is codeword order[i] of this one. */
export function reindexed(dictionary: Dictionary, order: ArrayLike<number>): Dictionary {
  return {
    size: dictionary.size,
    dimension: dictionary.dimension,
    codeword: (i) => dictionary.codeword(order[i]),
    correlate(v) {
      const scores = dictionary.correlate(v)
      return Float64Array.from(order, (i) => scores[i])
    },
    superpose: (subset) => dictionary.superpose(Array.from(subset, (i) => order[i])),
  }
}

/** The dictionary with every codeword, as a vector, put through the same map of vectors. */
export const mapped = (dictionary: Dictionary, map: (v: Float64Array) => Float64Array): Dictionary =>
  givenDictionary(Array.from({ length: dictionary.size }, (_, i) => map(dictionary.codeword(i))))
