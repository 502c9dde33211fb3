import { addScaled } from '../numerics/add-scaled.js'
import { quotients } from '../numerics/quotients.js'
import type { Key } from '../random/key.js'
import type { Stream } from '../random/stream.js'
import { stream } from '../random/stream.js'
import { type DictionaryDescription, describeDictionary } from './description.js'
import { drawnSigns, drawnSum } from './drawn-codeword.js'
import { type Codewords, drawCodewords } from './ensembles/ensembles.js'
import type { CodeModel, Dictionary } from './problem.js'
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
  /** Whether it is the same dictionary in every trial. */
  readonly given?: boolean
  /** Plain data, from which another process builds it. */
  describe(): DictionaryDescription
  /** X = Σ f_i over the subset, length d, as the built dictionary has it. */
  superpose(subset: readonly number[]): Float64Array
  /** Σ weights[m]·f_(subset[m]), length d. */
  combine(subset: readonly number[], weights: Float64Array): Float64Array
}

/** What a trial is drawn as. */
export interface Draw {
  readonly dictionary: DrawnDictionary
  /** The active codewords, ascending. */
  readonly subset: readonly number[]
  /** Their amplitudes; 1 unless given. */
  readonly weights?: Float64Array
  /** What the decoder is told of how many there are. */
  readonly k: number
  /** What the decoder may know beside; undefined where codes are sums of k codewords. */
  readonly model?: CodeModel
  /** X, length d. The dictionary, where it is built already, saves drawing the codewords again. */
  code(built?: Dictionary): Float64Array
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
  /** Whether all its trials of one shape and seed are over one dictionary. */
  readonly given?: boolean
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
    return noiseless(rademacherDrawn(N, d, key), subset, () => part('decoder'))
  },
}

/** The Rademacher dictionary that a key draws. */
export function rademacherDrawn(N: number, d: number, key: Key): DrawnDictionary {
  const norm = Math.sqrt(d)
  return {
    build: (arena) => arena.draw(N, d, key),
    describe: () => ({ kind: 'drawn', N, d, key }),
    superpose: (members) => quotients(drawnSum(key, members, d), norm),
    combine: (members, weights) => {
      const sum = new Float64Array(d)
      members.forEach((i, m) => {
        addScaled(sum, weights[m], drawnSigns(key, i, d))
      })
      return sum.map((entry) => entry / norm)
    },
  }
}

/** A dictionary that is there. */
export const builtDictionary = (dictionary: Dictionary): DrawnDictionary => ({
  build: () => dictionary,
  describe: once(() => describeDictionary(dictionary)),
  superpose: (members) => dictionary.superpose(members),
  combine: (members, weights) => {
    const sum = new Float64Array(dictionary.dimension)
    members.forEach((i, m) => {
      addScaled(sum, weights[m], dictionary.codeword(i))
    })
    return sum
  },
})

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** A sum of the subset's codewords. */
export const noiseless = (
  dictionary: DrawnDictionary,
  subset: readonly number[],
  random: () => Stream,
): Draw => ({
  dictionary,
  subset,
  k: subset.length,
  code: (built) => (built ?? dictionary).superpose(subset),
  random,
})

/** Uniform k-subsets of a dictionary of some family. d is no part of the seed, nor k of the dictionary's. */
export const familyModel = (codewords: Codewords): Model => ({
  id: codewords,
  draw({ N, k, d }, seed, trial) {
    const part = (name: string, ...more: number[]) => stream(seed, name, codewords, trial, N, ...more)
    const subset = randomSubset(N, k, part('subset', k))
    const built = drawCodewords(codewords, N, d, part('dictionary'))
    return noiseless(builtDictionary(built), subset, () => part('decoder', k))
  },
})
