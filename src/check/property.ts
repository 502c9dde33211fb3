import type fc from 'fast-check'
import type { Instance } from '../arbitraries/instance.js'
import type { Problem } from '../codes/problem.js'
import type { Declared } from '../decoders/decoder.js'

/** The decoder under examination, as properties see it. */
export interface Subject {
  readonly decoder: Declared
  /** The decoder's answer to a problem drawn for this call. Throws Breach where that breaks the contract in itself. */
  read(problem: Problem, watched?: readonly number[]): Promise<Answer>
}

export interface Answer {
  /** The answer. */
  readonly indices: readonly number[]
  /** Whether the decoder drew from `problem.random`. */
  readonly drew: boolean
}

/** What the decoder does wrong, in one line. */
export class Breach extends Error {
  override readonly name = 'Breach'
}

/** The instance does not lend itself to the property. */
export class Unfit extends Error {
  override readonly name = 'Unfit'
}

/** One clause of the decoder contract. */
export interface ContractProperty {
  readonly id: string
  /** The clause in a sentence. */
  readonly statement: string
  readonly instances: fc.Arbitrary<Instance>
  /** Instances it is examined on when time allows. */
  readonly runs: number
  /** Throws Breach where the decoder breaks the clause on this instance, Unfit where the instance says nothing about it. */
  examine(subject: Subject, instance: Instance, seed: string): Promise<void>
}
