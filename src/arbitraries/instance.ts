import { type Codewords, codewordFamilies, drawCodewords } from '../codes/ensembles/ensembles.js'
import { randomSubset } from '../codes/subset.js'
import type { Shape, Trial } from '../codes/trial.js'
import { InputError } from '../io/input-error.js'
import { stream } from '../random/stream.js'

/** A random problem by its parameters: with a seed, it can be drawn again. */
export interface Instance extends Shape {
  readonly codewords: Codewords
  /** Which of the problems of this kind. */
  readonly trial: number
}

/**
 * The problem of this instance and seed, and its answer: dictionary, a uniform k-subset and the decoder's own randomness, all
 * from (seed, N, k, codewords, trial). d is no part of the seed, nor k of the dictionary's. Throws RangeError where there is
 * no such problem.
 */
export function drawInstance({ N, k, d, codewords, trial }: Instance, seed: string): Trial {
  const part = (name: string, ...more: number[]) => stream(seed, name, codewords, trial, N, ...more)
  const subset = randomSubset(N, k, part('subset', k))
  const dictionary = drawCodewords(codewords, N, d, part('dictionary'))
  let uniform: (() => number) | undefined
  const random = () => {
    uniform ??= part('decoder', k).uniform
    return uniform()
  }
  return { problem: { dictionary, code: dictionary.superpose(subset), k, random }, subset }
}

/** The instance in one word, as `parseInstance` reads it. */
export const instanceText = ({ N, k, d, codewords, trial }: Instance): string =>
  `N=${N},k=${k},d=${d},codewords=${codewords},trial=${trial}`

/** The instance of this text. Throws InputError with the form that is right. */
export function parseInstance(text: string): Instance {
  const match = /^N=(\d+),k=(\d+),d=(\d+),codewords=([a-z]+),trial=(\d+)$/.exec(text)
  const codewords = codewordFamilies.find((family) => family === match?.[4])
  if (!match || !codewords) {
    throw new InputError(
      `'${text}' is no instance like N=5,k=2,d=8,codewords=rademacher,trial=0; codewords are ${codewordFamilies.join(', ')}`,
    )
  }
  const [N, k, d, trial] = [match[1], match[2], match[3], match[5]].map(Number)
  return { N, k, d, codewords, trial }
}
