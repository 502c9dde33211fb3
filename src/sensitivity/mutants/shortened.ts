import type { Dictionary, Problem } from '../../codes/problem.js'
import { RademacherDictionary } from '../../codes/rademacher.js'

/** The problem read on its first coordinates alone, scaled so that codewords of signs keep norm 1. */
export function shortened({ dictionary, code, ...rest }: Problem, dimension: number): Problem {
  const scale = Math.sqrt(code.length / dimension)
  return { ...rest, dictionary: prefix(dictionary, dimension, scale), code: head(code, dimension, scale) }
}

function prefix(dictionary: Dictionary, dimension: number, scale: number): Dictionary {
  if (dictionary instanceof RademacherDictionary) return dictionary.prefix(dimension)
  return {
    size: dictionary.size,
    dimension,
    codeword: (i) => head(dictionary.codeword(i), dimension, scale),
    superpose: (subset) => head(dictionary.superpose(subset), dimension, scale),
    correlate(v) {
      const padded = new Float64Array(dictionary.dimension)
      padded.set(v)
      return dictionary.correlate(padded).map((score) => score * scale)
    },
  }
}

const head = (v: Float64Array, dimension: number, scale: number) =>
  v.slice(0, dimension).map((entry) => entry * scale)
