import { rademacherArena } from '../codes/rademacher.js'
import { sameSubset } from '../codes/subset.js'
import { drawTrial, type Shape } from '../codes/trial.js'
import type { ProblemReader } from '../success/processes/reader.js'

/** Where two decoders are compared, and how closely. @since 0.1.0 */
export interface DecodeLikeOptions {
  /** Where to compare. @defaultValue around the transition of one-step decoders at three sizes */
  readonly shapes?: readonly Shape[]
  /** Trials at each. @defaultValue `64` */
  readonly trials?: number
  /** Any string. @defaultValue `'1'` */
  readonly seed?: string
  /** Whether wrong answers must agree too, not only which subsets are found. @defaultValue `false` */
  readonly exactly?: boolean
}

/** A trial on which two decoders do not agree. */
export interface Disagreement extends Shape {
  readonly trial: number
  readonly seed: string
  readonly subset: readonly number[]
  /** Answers, ascending, or what was done instead. */
  readonly answer: readonly number[] | string
  readonly other: readonly number[] | string
}

const someShapes: readonly Shape[] = [
  { N: 64, k: 3, d: 22 },
  { N: 256, k: 8, d: 130 },
  { N: 1024, k: 16, d: 380 },
]

/** The first trial on which the decoders do not agree; undefined where they agree on all. */
export async function disagreement(
  readers: readonly [ProblemReader, ProblemReader],
  { shapes = someShapes, trials = 64, seed = '1', exactly = false }: DecodeLikeOptions = {},
): Promise<Disagreement | undefined> {
  const arena = rademacherArena()
  for (const shape of shapes) {
    for (let trial = 0; trial < trials; trial++) {
      const { subset } = drawTrial(shape, seed, trial, arena)
      const read = async (reader: ProblemReader) => {
        const outcome = await reader.read(drawTrial(shape, seed, trial, arena))
        if (outcome.kind === 'answer') return outcome.indices.toSorted((a, b) => a - b)
        return outcome.kind === 'violation' ? outcome.violation.message : outcome.reason
      }
      const answers = [await read(readers[0]), await read(readers[1])] as const
      if (!agree(answers, subset, exactly)) {
        return { ...shape, trial, seed, subset, answer: answers[0], other: answers[1] }
      }
    }
  }
  return undefined
}

type Answer = readonly number[] | string

function agree([a, b]: readonly [Answer, Answer], subset: readonly number[], exactly: boolean): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  return exactly ? sameSubset(a, b) : sameSubset(a, subset) === sameSubset(b, subset)
}
