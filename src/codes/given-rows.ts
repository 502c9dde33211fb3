import { InputError } from '../io/input-error.js'
import { inner } from '../numerics/inner.js'
import { median } from '../numerics/median.js'
import { stream } from '../random/stream.js'
import { sharedDictionary } from './dense.js'
import type { Dictionary } from './problem.js'
import { randomSubset } from './subset.js'

/** A codeword below this share of the median norm was never trained; scaled to norm 1 it would count like any other. */
const DEAD = 0.1

/** Whether a codeword of this norm was never trained, by the median of all norms. */
export const isDead = (norm: number, median: number): boolean => !(norm > DEAD * median)

/** The dictionary without the codewords that were never trained, and which these are. */
export function withoutDead(dictionary: Dictionary): {
  dictionary: Dictionary
  dead: number[]
} {
  const norms = Float64Array.from({ length: dictionary.size }, (_, i) => {
    const codeword = dictionary.codeword(i)
    return Math.sqrt(inner(codeword, codeword))
  })
  const middle = median(norms)
  const dead = [...norms.keys()].filter((i) => isDead(norms[i], middle))
  if (dead.length === 0) return { dictionary, dead }
  if (dead.length === norms.length) throw new InputError('every codeword of the file is zero')
  const gone = new Set(dead)
  return {
    dictionary: taken(
      dictionary,
      [...norms.keys()].filter((i) => !gone.has(i)),
    ),
    dead,
  }
}

/** The dictionary of so many of the codewords, drawn by the seed; all of them where no number is given. */
export function withRows(dictionary: Dictionary, rows: number | undefined, seed: string): Dictionary {
  const { size } = dictionary
  if (rows === undefined || rows === size) return dictionary
  if (rows > size) throw new InputError(`there are ${size} codewords, fewer than -N ${rows}`)
  return taken(dictionary, randomSubset(size, rows, stream(seed, 'capacity', 'codewords')))
}

const taken = (dictionary: Dictionary, indices: readonly number[]): Dictionary =>
  sharedDictionary(indices.length, dictionary.dimension, (m) => dictionary.codeword(indices[m]))
