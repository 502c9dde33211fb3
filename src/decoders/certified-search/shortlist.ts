import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { givenDictionary } from '../../codes/dense.js'
import { dictionaryOfSigns, RademacherDictionary } from '../../codes/rademacher.js'

/** Some codewords of a dictionary as a dictionary of their own: codeword m of it is codeword indices[m]. */
export interface Shortlist {
  readonly indices: readonly number[]
  readonly dictionary: BatchedDictionary
}

/** The dictionary of these codewords. */
export function shortlist(dictionary: BatchedDictionary, indices: readonly number[]): Shortlist {
  return {
    indices,
    dictionary:
      dictionary instanceof RademacherDictionary
        ? dictionaryOfSigns(indices.map((i) => dictionary.signs(i)))
        : givenDictionary(indices.map((i) => dictionary.codeword(i))),
  }
}
