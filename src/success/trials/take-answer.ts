import type { ScoredAnswer } from '../../codes/problem.js'
import { listOf } from '../../decoders/listed.js'
import type { Violation } from './sampler.js'
import { answerViolation, describe } from './validate-answer.js'

/** What an answer says beside its list. */
export interface Beside {
  /** Of every codeword. */
  readonly scores?: readonly number[]
  /** Of the codewords of the list, in its order. */
  readonly amplitudes?: readonly number[]
}

/** An answer that keeps the contract. */
export interface Taken extends Beside {
  readonly list: readonly number[]
}

/** An answer as it is now, for what is looked at must be what is taken; or what breaks the contract. */
export function takeAnswer(
  given: unknown,
  { N, k }: { readonly N: number; readonly k: number },
  sizeVaries = false,
): Taken | Violation {
  const listed = (answer: unknown): Taken | Violation => {
    const list = snapshot(answer, N)
    return answerViolation(list, N, k, sizeVaries) ?? { list: list as number[] }
  }
  if (!isScored(given)) return listed(given)
  const { list, scores, amplitudes } = given
  if (list === undefined && scores === undefined) {
    return { kind: 'not-a-list', message: 'answered with neither a list nor scores' }
  }
  const said = scores === undefined ? undefined : numbers(scores, N, 'scores', `N = ${N}`)
  if (said && 'kind' in said) return said
  const taken = listed(list ?? listOf({ scores: said! }, Math.min(k, N)))
  if ('kind' in taken) return taken
  const { length } = taken.list
  const sizes =
    amplitudes === undefined ? undefined : numbers(amplitudes, length, 'amplitudes', `${length} of its list`)
  if (sizes && 'kind' in sizes) return sizes
  return { ...taken, ...(said && { scores: said }), ...(sizes && { amplitudes: sizes }) }
}

const isScored = (given: unknown): given is ScoredAnswer =>
  typeof given === 'object' &&
  given !== null &&
  !('length' in given) &&
  ['list', 'scores', 'amplitudes'].some((name) => name in given)

/** A list of at most N + 1 entries as it is now. */
export function snapshot(answer: unknown, N: number): unknown {
  const { length } = Object(answer)
  const listed = typeof answer === 'object' && Number.isSafeInteger(length) && length >= 0 && length <= N
  return listed ? Array.from({ length }, (_, m) => (answer as ArrayLike<unknown>)[m]) : answer
}

/** So many finite numbers, as they are now. */
function numbers(given: unknown, count: number, what: string, right: string): number[] | Violation {
  const { length } = Object(given)
  if (typeof given !== 'object' || typeof length !== 'number') {
    return { kind: 'not-numbers', message: `answered with ${describe(given)} as ${what}, not with a list` }
  }
  if (length !== count) {
    return { kind: 'not-numbers', message: `answered with ${length} ${what}, not ${right}` }
  }
  const list = Array.from({ length }, (_, m) => (given as ArrayLike<unknown>)[m])
  const wrong = list.findIndex((entry) => !Number.isFinite(entry))
  if (wrong < 0) return list as number[]
  const which = `entry ${wrong} of its ${what}`
  return {
    kind: 'not-numbers',
    message: `answered with ${describe(list[wrong])} as ${which}, not a finite number`,
  }
}
