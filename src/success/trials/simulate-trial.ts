import type { RademacherArena } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial, type Shape } from '../../codes/trial.js'
import type { Declared } from '../../decoders/decoder.js'
import { attempt } from './guarded-decode.js'
import type { Violation } from './sampler.js'

/**
 * One trial in so many, by its number, is decoded twice to see whether the answer is the same, and one of its codewords is looked at
 * before and after.
 */
export const REPEAT_EVERY = 32

/**
 * Draw trial `index`, decode it and judge the answer: success is the exact subset. Nothing that the decoder throws or answers
 * gets out; what breaks its contract comes back as a complaint. Throws RangeError where the trial cannot be drawn.
 */
export async function simulateTrial(
  decoder: Declared,
  shape: Shape,
  seed: string,
  index: number,
  arena: RademacherArena,
): Promise<boolean | Violation> {
  const trial = drawTrial(shape, seed, index, arena)
  const thorough = index % REPEAT_EVERY === 0
  const watched = thorough ? [trial.subset[0] ?? 0] : []
  const answer = await attempt(decoder, trial.problem, watched)
  if ('kind' in answer) return answer
  if (thorough) {
    const again = await attempt(decoder, drawTrial(shape, seed, index, arena).problem, watched)
    if ('kind' in again) return again
    const difference = onlyInOne(answer, again)
    if (difference !== undefined) {
      return { kind: 'two-answers', message: `of two answers to one problem only one holds ${difference}` }
    }
  }
  return sameSubset(answer, trial.subset)
}

/** An index that one of the two subsets holds and the other does not. */
export function onlyInOne(a: readonly number[], b: readonly number[]): number | undefined {
  const inA = new Set(a)
  const inB = new Set(b)
  return a.find((i) => !inB.has(i)) ?? b.find((i) => !inA.has(i))
}
