import type { Violation } from './sampler.js'

/**
 * What is wrong with a decoder's answer: it must be a list of k distinct integers in [0, N). With `sizeVaries` another length is
 * a wrong answer, but no fault. Undefined when nothing is.
 */
export function answerFault(
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
    return { kind: 'wrong-size', message: `answered with ${length} indices, not k = ${k}` }
  }
  const list = answer as ArrayLike<unknown>
  const seen = new Set<number>()
  for (let m = 0; m < length; m++) {
    const index = list[m]
    if (!Number.isInteger(index)) {
      return { kind: 'not-an-integer', message: `entry ${m} of the answer is ${describe(index)}` }
    }
    const i = index as number
    if (i < 0 || i >= N)
      return { kind: 'out-of-range', message: `entry ${m} of the answer is ${i}, N = ${N}` }
    if (seen.has(i)) return { kind: 'duplicate', message: `the answer holds ${i} twice` }
    seen.add(i)
  }
  return undefined
}

const describe = (value: unknown): string =>
  typeof value === 'number' || value == null ? String(value) : `something of type ${typeof value}`
