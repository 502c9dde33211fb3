import { type Codewords, checkFamily, codewordFamilies } from '../codes/ensembles/ensembles.js'
import { familyModel } from '../codes/model.js'
import { rademacherArena } from '../codes/rademacher.js'
import { drawTrial, type Shape, type Trial } from '../codes/trial.js'
import { InputError } from '../io/input-error.js'

/** A random problem by its parameters: with a seed, it can be drawn again. @since 0.1.0 */
export interface Instance extends Shape {
  readonly codewords: Codewords
  /** Which of the problems of this kind. */
  readonly trial: number
}

/** An instance whose codewords may be `given`: taken from the file of `dpb check --dictionary`. */
export interface ExaminedInstance extends Omit<Instance, 'codewords'> {
  readonly codewords: Codewords | 'given'
}

const arena = rademacherArena()

/**
 * The problem of this instance and seed, and its answer: dictionary, a uniform k-subset and the decoder's own
 * randomness, all from (seed, N, k, codewords, trial). d is no part of the seed, nor k of the dictionary's. Throws
 * RangeError where there is no such problem.
 *
 * @since 0.1.0
 */
export function drawInstance({ codewords, trial, ...shape }: Instance, seed: string): Trial {
  checkFamily(codewords)
  return drawTrial(shape, seed, trial, arena, familyModel(codewords))
}

/** The instance in one word, as `parseInstance` reads it. @since 0.1.0 */
export const instanceText = ({ N, k, d, codewords, trial }: ExaminedInstance): string =>
  `N=${N},k=${k},d=${d},codewords=${codewords},trial=${trial}`

/** The instance of this text. Throws InputError with the form that is right. @since 0.1.0 */
export function parseInstance(text: string): Instance {
  const { codewords, ...rest } = parseExamined(text)
  if (codewords !== 'given') return { ...rest, codewords }
  throw new InputError(`'${text}' is of codewords in a file: dpb check --dictionary draws it`)
}

/** The same, of codewords that may be given. */
export function parseExamined(text: string): ExaminedInstance {
  const match = /^N=(\d+),k=(\d+),d=(\d+),codewords=([a-z]+),trial=(\d+)$/.exec(text)
  const codewords = ([...codewordFamilies, 'given'] as const).find((family) => family === match?.[4])
  if (!match || !codewords) {
    throw new InputError(
      `'${text}' is no instance like N=5,k=2,d=8,codewords=rademacher,trial=0; codewords are ` +
        `${codewordFamilies.join(', ')}, given`,
    )
  }
  const [N, k, d, trial] = [match[1], match[2], match[3], match[5]].map(Number)
  return { N, k, d, codewords, trial }
}
