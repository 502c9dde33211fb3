import type { Violation } from './sampler.js'

/** What a decoder that may choose a codeword twice can do about it. */
const DISTINCT = 'a rule that may choose one twice answers with the distinct ones'

/**
 * What is wrong with a decoder's answer: it must be a list of k distinct integers in [0, N). With `sizeVaries`
 * another length is a wrong answer, but breaks nothing. Undefined when nothing is. Every message goes on from "it".
 */
export function answerViolation(
  answer: unknown,
  N: number,
  k: number,
  sizeVaries = false,
): Violation | undefined {
  const { length } = Object(answer)
  if (typeof answer !== 'object' || !Number.isSafeInteger(length) || length < 0) {
    return { kind: 'not-a-list', message: `answered with ${describe(answer)}, not with a list of indices` }
  }
  if (length > N || (length !== k && !sizeVaries)) {
    const hint = length === N ? maskHint(answer as ArrayLike<unknown>) : ''
    const right = sizeVaries ? `at most N = ${N}` : `k = ${k}`
    return { kind: 'wrong-size', message: `answered with ${length} indices, not ${right}${hint}` }
  }
  const list = answer as ArrayLike<unknown>
  const seen = new Set<number>()
  for (let m = 0; m < length; m++) {
    const index = list[m]
    if (!Number.isInteger(index)) {
      return {
        kind: 'not-an-integer',
        message: `answered with ${describe(index)} as entry ${m}, not an index`,
      }
    }
    const i = index as number
    if (i < 0 || i >= N) {
      const hint = i === N ? ' (indices count from 0)' : ''
      return {
        kind: 'out-of-range',
        message: `answered with ${i} as entry ${m}, outside of 0 to N − 1 = ${N - 1}${hint}`,
      }
    }
    if (seen.has(i)) {
      const declares = sizeVaries ? '' : ' and declares sizeVaries: true'
      return { kind: 'duplicate', message: `named codeword ${i} twice; ${DISTINCT}${declares}` }
    }
    seen.add(i)
  }
  return undefined
}

/** A list of N zeros and ones, or of booleans, marks the members: that is no list of them. */
const maskHint = (list: ArrayLike<unknown>): string =>
  Array.from(list).every((entry) => typeof entry === 'boolean' || entry === 0 || entry === 1)
    ? ': a mask; answer with the places where it is 1'
    : ''

/** A value that is none that was asked for, in a few words. */
export const describe = (value: unknown): string => {
  if (typeof value === 'number' || value == null) return String(value)
  if (value instanceof Set || value instanceof Map) return `a ${value instanceof Set ? 'Set' : 'Map'}`
  return `something of type ${typeof value}`
}
