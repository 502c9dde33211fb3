import type { Stream } from '../random/stream.js'
import { stream } from '../random/stream.js'
import { type DictionaryDescription, describeDictionary } from './description.js'
import { drawnSum } from './drawn-codeword.js'
import { type Codewords, drawCodewords } from './ensembles/ensembles.js'
import type { Dictionary } from './problem.js'
import type { RademacherArena } from './rademacher.js'
import { randomSubset } from './subset.js'

/** The size of a problem: N codewords, k of them sent, in d dimensions. */
export interface Shape {
  readonly N: number
  readonly k: number
  readonly d: number
}

/** A dictionary that is drawn, but not built yet. */
export interface DrawnDictionary {
  /** Build it, in the arena where the ensemble uses one: it lasts until the arena's next dictionary. */
  build(arena: RademacherArena): Dictionary
  /** Plain data, from which another process builds it. */
  describe(): DictionaryDescription
  /** X = Σ f_i over the subset, length d, as the built dictionary has it. */
  superpose(subset: readonly number[]): Float64Array
}

/** What a trial is drawn as. */
export interface Draw {
  readonly dictionary: DrawnDictionary
  /** Y, ascending. */
  readonly subset: readonly number[]
  /** The decoder's own randomness. */
  random(): Stream
}

/**
 * A model of the problem: how dictionary, subset and the decoder's randomness are drawn. A draw depends on (shape,
 * seed, trial) alone. Throws RangeError where there is no such problem.
 */
export interface Model {
  /** How records and replays call it. */
  readonly id: string
  draw(shape: Shape, seed: string, trial: number): Draw
}

/**
 * The paper's model: a Rademacher dictionary and a uniform k-subset, coefficients 1, no noise. All is drawn from
 * (seed, N, k, trial). d is no part of the seed: the codewords at a smaller d are prefixes of those at a larger one,
 * so that outcomes move smoothly with d.
 */
export const ideal: Model = {
  id: 'rademacher',
  draw({ N, k, d }, seed, trial) {
    const part = (name: string) => stream(seed, name, N, k, trial)
    const subset = randomSubset(N, k, part('subset'))
    const key = part('dictionary').key()
    const dictionary: DrawnDictionary = {
      build: (arena) => arena.draw(N, d, key),
      describe: () => ({ kind: 'drawn', N, d, key }),
      superpose: (members) => {
        const norm = Math.sqrt(d)
        return Float64Array.from(drawnSum(key, members, d), (entry) => entry / norm)
      },
    }
    return { dictionary, subset, random: () => part('decoder') }
  },
}

/** Uniform k-subsets of a dictionary of some family. d is no part of the seed, nor k of the dictionary's. */
export const familyModel = (codewords: Codewords): Model => ({
  id: codewords,
  draw({ N, k, d }, seed, trial) {
    const part = (name: string, ...more: number[]) => stream(seed, name, codewords, trial, N, ...more)
    const subset = randomSubset(N, k, part('subset', k))
    const built = drawCodewords(codewords, N, d, part('dictionary'))
    const dictionary: DrawnDictionary = {
      build: () => built,
      describe: () => describeDictionary(built),
      superpose: (members) => built.superpose(members),
    }
    return { dictionary, subset, random: () => part('decoder', k) }
  },
})
