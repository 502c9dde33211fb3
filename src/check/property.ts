import type fc from 'fast-check'
import type { ExaminedInstance } from '../arbitraries/instance.js'
import type { Trial } from '../codes/trial.js'
import type { OutsideCalls } from '../success/trials/disturbance.js'
import type { DecodeOptions } from '../success/trials/guarded-decode.js'

/** The decoder under examination, as properties see it. */
export interface Subject {
  /** The problem of an instance, and its answer. */
  draw(instance: ExaminedInstance, seed: string): Trial
  /** Whether the decoder promises to read dictionaries below some coherence. */
  readonly promises: boolean
  /** The coherence below which it promises to read every k-subset. Throws Breach where that is no number. */
  guarantee(k: number): Promise<number>
  /** The decoder's answer to a problem drawn for this call. Throws Breach where that breaks the contract in itself. */
  read(trial: Readable, options?: DecodeOptions): Promise<Answer>
  /** Whether it runs in a process of its own, of which there can be others. */
  readonly apart: boolean
  /** Problems that it takes at a time. */
  readonly batch: number
  /** The answers to problems of one shape that are put to it at once. */
  readTogether(trials: readonly Readable[]): Promise<Answer[]>
  /** The answer of one that has read nothing before, where it runs apart. */
  readAfresh(trial: Readable): Promise<Answer>
  /** The answer of one in another process, where it runs apart. */
  readElsewhere(trial: Readable): Promise<Answer>
  /** Whether it is a program in another language. */
  readonly foreign: boolean
  /** End the input of a program. Throws Breach where it does not end with it. */
  endInput(): Promise<void>
}

/** What a decoder gets to see of a trial. */
export type Readable = Pick<Trial, 'problem' | 'random'>

export interface Answer {
  readonly indices: readonly number[]
  /** Of all codewords, where it says them. */
  readonly scores?: readonly number[]
  /** Whether the decoder drew from `problem.random`. */
  readonly drew: boolean
  readonly outside: OutsideCalls
}

/** What the decoder does wrong, in one line that goes on from "it". */
export class Breach extends Error {
  override readonly name = 'Breach'
}

/** The instance does not lend itself to the property. */
export class Unfit extends Error {
  override readonly name: string = 'Unfit'
}

/** The property does not apply to this decoder, for the reason given. */
export class NotApplicable extends Unfit {
  override readonly name = 'NotApplicable'
}

/** One clause of the decoder contract. */
export interface ContractProperty {
  readonly id: string
  /** The clause in a sentence. */
  readonly statement: string
  /** The clause for a decoder that declares `sizeVaries`, where it is another. */
  readonly ofVaryingSize?: string
  readonly instances: fc.Arbitrary<ExaminedInstance>
  /** Instances it is examined on when time allows. */
  readonly runs: number
  /** Whether it is about the decoder's process, not about its rule; false unless given. */
  readonly ofProcess?: boolean
  /** Whether it is about the families of codewords that it names, and no others; false unless given. */
  readonly ofFamilies?: boolean
  /** Whether a decoder may refuse all of its problems, which are then none of its own; false unless given. */
  readonly refusable?: boolean
  /**
   * Throws Breach where the decoder breaks the clause on this instance, Unfit where the instance says nothing about
   * it, and NotApplicable where the decoder is none that it is about.
   */
  examine(subject: Subject, instance: ExaminedInstance, seed: string): Promise<void>
}
