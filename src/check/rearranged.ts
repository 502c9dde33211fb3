import { givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'

/** The dictionary with every codeword, as a vector, put through the same map of vectors. */
export const mapped = (dictionary: Dictionary, map: (v: Float64Array) => Float64Array): Dictionary =>
  givenDictionary(Array.from({ length: dictionary.size }, (_, i) => map(dictionary.codeword(i))))
