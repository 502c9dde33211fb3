import { type Recovery, recoveryOf } from './recovery.js'
import type { Violation } from './sampler.js'

/**
 * One trial in so many, by its number, is decoded twice to see whether the answer is the same, and one of its
 * codewords is looked at before and after.
 */
export const REPEAT_EVERY = 32

/** Whether this trial is decoded twice, and which of its codewords are looked at. */
export function thoroughness(index: number, subset: readonly number[]) {
  const thorough = index % REPEAT_EVERY === 0
  return { twice: thorough, watched: thorough ? [subset[0] ?? 0] : [] }
}

type Answer = readonly number[] | Violation

/** What the answer recovers; one that breaks the contract, or two that differ, come back as a violation. */
export function judge(
  subset: readonly number[],
  answer: Answer,
  again: Answer = answer,
): Recovery | Violation {
  if ('kind' in answer) return answer
  if ('kind' in again) return again
  const difference = onlyInOne(answer, again)
  if (difference !== undefined) {
    const message = `gave two answers to one problem, of which only one holds ${difference}`
    return { kind: 'two-answers', message }
  }
  return recoveryOf(subset, answer)
}

/** An index that one of the two subsets holds and the other does not. */
export function onlyInOne(a: readonly number[], b: readonly number[]): number | undefined {
  const inA = new Set(a)
  const inB = new Set(b)
  return a.find((i) => !inB.has(i)) ?? b.find((i) => !inA.has(i))
}
