import { drawInstance, type ExaminedInstance } from '../arbitraries/instance.js'
import { givenDictionary } from '../codes/dense.js'
import { builtDictionary } from '../codes/model.js'
import type { Dictionary } from '../codes/problem.js'
import { rademacherArena } from '../codes/rademacher.js'
import { randomSubset } from '../codes/subset.js'
import { builtTrial, type Trial } from '../codes/trial.js'
import { InputError } from '../io/input-error.js'
import { stream } from '../random/stream.js'

/** How the problems are drawn that properties are examined on. */
export interface Draws {
  /** What stands for an instance that a property asks for. */
  fit(instance: ExaminedInstance): ExaminedInstance
  /** Its problem, and the answer. */
  draw(instance: ExaminedInstance, seed: string): Trial
  /** Whether codewords are taken from a file: properties of other codewords do not apply then. */
  readonly given: boolean
}

/** Codewords of the families that properties ask for. */
export const drawnFamilies: Draws = {
  given: false,
  fit: (instance) => instance,
  draw({ codewords, ...instance }, seed) {
    if (codewords !== 'given') return drawInstance({ codewords, ...instance }, seed)
    throw new InputError('an instance of codewords=given takes the file that they are of: --dictionary')
  },
}

const arena = rademacherArena()

/**
 * Codewords out of a given dictionary, at its dimension: as many as a property asks for, drawn from (seed, N, trial).
 *
 * @param rows what a decoder sees of the codewords, sums of which are what it sees of codes
 */
export function drawsFrom(rows: Dictionary): Draws {
  const { size, dimension } = rows
  return {
    given: true,
    fit: ({ N, k, trial }) => {
      const fewer = Math.min(N, size)
      return { N: fewer, k: Math.min(k, fewer), d: dimension, codewords: 'given', trial }
    },
    draw({ N, k, codewords, trial }, seed) {
      if (codewords !== 'given' || N > size) {
        throw new InputError(
          `the file has ${size} codewords to take: an instance over it has codewords=given`,
        )
      }
      const part = (name: string, ...more: number[]) => stream(seed, name, 'given', trial, N, ...more)
      const taken = randomSubset(size, N, part('codewords'))
      const built = builtDictionary(givenDictionary(taken.map((i) => rows.codeword(i))))
      const subset = randomSubset(N, k, part('subset', k))
      const code = () => built.superpose(subset)
      return builtTrial({ dictionary: built, subset, k, code, random: () => part('decoder', k) }, arena)
    },
  }
}
