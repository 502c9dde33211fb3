import type { RademacherArena } from '../codes/rademacher.js'
import { sameSubset } from '../codes/subset.js'
import { drawTrial, type Shape, type Trial } from '../codes/trial.js'
import type { Declared } from '../decoders/decoder.js'
import { answerFault } from './answer.js'
import { firstLine } from './load.js'
import type { Complaint } from './sampler.js'

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
): Promise<boolean | Complaint> {
  const trial = drawTrial(shape, seed, index, arena)
  const thorough = index % REPEAT_EVERY === 0
  const answer = await attempt(decoder, trial, thorough)
  if ('kind' in answer) return answer
  if (thorough) {
    const again = await attempt(decoder, drawTrial(shape, seed, index, arena), thorough)
    if ('kind' in again) return again
    const difference = onlyInOne(answer, again)
    if (difference !== undefined) {
      return { kind: 'two-answers', message: `of two answers to one problem only one holds ${difference}` }
    }
  }
  return sameSubset(answer, trial.subset)
}

/** The decoder's answer as an array, or what it did wrong. */
async function attempt(
  decoder: Declared,
  { problem, subset }: Trial,
  thorough: boolean,
): Promise<number[] | Complaint> {
  const { dictionary, code, k } = problem
  const { size, dimension } = dictionary
  const codeBefore = code.slice()
  const member = subset[0] ?? 0
  const codewordBefore = thorough && dictionary.codeword(member)
  try {
    const given: unknown = await decoder.decode(problem)
    const fault = answerFault(given, size, k, decoder.sizeVaries)
    if (fault) return fault
    const changed =
      (!sameEntries(code, codeBefore) && 'code') ||
      ((problem.code !== code || problem.k !== k || problem.dictionary !== dictionary) && 'problem') ||
      ((dictionary.size !== size || dictionary.dimension !== dimension) && 'shape of the dictionary') ||
      (codewordBefore && !sameEntries(dictionary.codeword(member), codewordBefore) && 'dictionary')
    if (changed) return { kind: 'changed-input', message: `changed the ${changed}` }
    return Array.from(given as ArrayLike<number>)
  } catch (error) {
    return { kind: 'throw', message: `threw: ${firstLine(error)}` }
  }
}

/** An index that one of the two subsets holds and the other does not. */
function onlyInOne(a: readonly number[], b: readonly number[]): number | undefined {
  const inA = new Set(a)
  const inB = new Set(b)
  return a.find((i) => !inB.has(i)) ?? b.find((i) => !inA.has(i))
}

const sameEntries = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i])
