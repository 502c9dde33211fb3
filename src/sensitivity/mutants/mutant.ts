import type { Problem } from '../../codes/problem.js'
import { declarations } from '../../decoders/declarations.js'
import type { Declared } from '../../decoders/decoder.js'
import { listOf } from '../../decoders/listed.js'

/** A change that can be made to any decoder. */
export interface Mutant {
  readonly id: string
  /** What is done to the decoder, in a sentence. */
  readonly what: string
  /** The decoder with the change; of the same name, and with state of its own where the change has any. */
  apply(decoder: Declared): Declared
}

interface Change {
  /** The problem that the decoder gets to see. */
  problem?(problem: Problem): Problem
  /** What is made of its answer to the problem. */
  answer?(indices: number[], problem: Problem): ArrayLike<number>
}

/** A decoder whose problem or answer is changed on the way. `change` is called once for each decoder. */
export const mutant = (id: string, what: string, change: () => Change): Mutant => ({
  id,
  what,
  apply(decoder) {
    const { problem: before, answer: after } = change()
    return {
      ...declarations(decoder),
      async decode(problem) {
        const answer = listOf(await decoder.decode(before ? before(problem) : problem), problem.k)
        return after ? after(Array.from(answer), problem) : answer
      },
    }
  },
})

/** The problem with another code, made entry by entry. */
export const withCode = (problem: Problem, entry: (x: number, j: number) => number): Problem => ({
  ...problem,
  code: problem.code.map(entry),
})
