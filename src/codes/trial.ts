import { requireInteger, requireString } from '../io/arguments.js'
import type { Stream } from '../random/stream.js'
import { checkShape } from './checks.js'
import { type Draw, ideal, type Model, type Shape } from './model.js'
import type { Problem } from './problem.js'
import { type RademacherArena, rademacherArena } from './rademacher.js'

export type { Shape } from './model.js'

/** A problem and its answer. */
export interface Trial {
  readonly problem: Problem
  /** The active codewords, ascending. */
  readonly subset: readonly number[]
  /** Their amplitudes; 1 unless given. */
  readonly weights?: Float64Array
  /** The stream behind `problem.random`, from its start. */
  random(): Stream
}

/** Trial number `index` of a run, from (shape, seed, index) alone. Throws RangeError where there is no such trial. */
export function drawTrial(
  shape: Shape,
  seed: string,
  index: number,
  arena: RademacherArena = rademacherArena(),
  model: Model = ideal,
): Trial {
  checkShape(shape)
  requireString('seed', seed)
  requireInteger('the number of a trial', index, 0)
  return builtTrial(model.draw(shape, seed, index), arena)
}

/** The trial of a draw, with its dictionary built; the decoder's randomness is drawn when it is first asked for. */
export function builtTrial(draw: Draw, arena: RademacherArena): Trial {
  const { dictionary: drawn, subset, k, model, random } = draw
  const dictionary = drawn.build(arena)
  let uniform: (() => number) | undefined
  const problem: Problem = {
    dictionary,
    code: draw.code(dictionary),
    k,
    ...(model && { model }),
    random() {
      uniform ??= random().uniform
      return uniform()
    },
  }
  return { problem, subset, ...(draw.weights && { weights: draw.weights }), random }
}
