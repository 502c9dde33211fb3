import { givenDictionary } from '../codes/dense.js'
import type { Trial } from '../codes/trial.js'

/** The trial with every codeword, as a vector, put through the same map of vectors. */
export function mapped({ problem, subset, random }: Trial, map: (v: Float64Array) => Float64Array): Trial {
  const codewords = Array.from({ length: problem.dictionary.size }, (_, i) => problem.dictionary.codeword(i))
  const dictionary = givenDictionary(codewords.map((v) => map(v)))
  return { problem: { ...problem, dictionary, code: dictionary.superpose(subset) }, subset, random }
}
