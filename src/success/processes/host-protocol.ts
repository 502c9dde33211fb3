import type { DictionaryDescription } from '../../codes/description.js'
import type { CodeModel } from '../../codes/problem.js'
import type { StreamState } from '../../random/stream.js'
import type { Disturbance, OutsideCalls } from '../trials/disturbance.js'
import type { Violation } from '../trials/sampler.js'
import type { Beside } from '../trials/take-answer.js'
import type { ScriptSource } from './decoder-source.js'

/**
 * A function of this package that changes a decoder once it is loaded: a module's URL, the name of its export, its
 * argument.
 */
export interface Transform {
  readonly module: string
  readonly name: string
  readonly argument: string
}

/** What a host is started with, in its environment. */
export interface HostSetup {
  readonly source: ScriptSource
  readonly transform?: Transform | undefined
}

/** A problem as the decoder's process gets it: dictionary and code alone, nothing of seed or subset. */
export interface DescribedProblem {
  /** Problems in a row with the same id have one dictionary object; its description need come with the first alone. */
  readonly dictionary: { readonly id: number; readonly description?: DictionaryDescription }
  readonly code: Float64Array
  readonly k: number
  readonly model?: CodeModel
  readonly random: StreamState
}

/** What the host is asked, one at a time; it replies in order. */
export type Request =
  | {
      readonly kind: 'decode'
      readonly problem: DescribedProblem
      /** Codewords to look at before and after. */
      readonly watched: readonly number[]
      readonly disturbance?: Disturbance | undefined
      /** Whether the decoder may refuse the shape. */
      readonly mayRefuse: boolean
    }
  /** The coherence below which the decoder promises to read every k-subset. */
  | { readonly kind: 'guarantee'; readonly k: number }

/** A reply to a request. */
export type Reply =
  | {
      readonly kind: 'decoded'
      readonly answer: readonly number[] | Violation
      readonly beside?: Beside | undefined
      readonly drew: boolean
      readonly outside: OutsideCalls
    }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Null for what is no number. */
  | { readonly kind: 'guarantee'; readonly coherence: number | null }
  /** The decoder's declarations break the contract. */
  | { readonly kind: 'broken'; readonly violation: Violation }

/** What a decoder declares, once it is loaded. */
export interface Declarations {
  readonly name: string
  readonly sizeVaries: boolean
  /** Whether it has a coherence guarantee. */
  readonly promises: boolean
  /** Problems that it takes at a time; 1 unless given. */
  readonly batch?: number
  /** Whether it is a program in another language, which has none of JavaScript's globals. */
  readonly foreign?: boolean
}

/** A line that the host writes. */
export type HostLine =
  | { readonly kind: 'ready'; readonly declared: Declarations }
  /** The decoder cannot be loaded: in one line, why. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** What an earlier decode did after its answer: the number of that decode, from 0. */
  | { readonly kind: 'late'; readonly request: number; readonly message: string; readonly detail?: string }
  /** Files of the user's that were loaded, beside those told before. */
  | { readonly kind: 'modules'; readonly paths: readonly string[] }

/** The host's descriptor for its lines. */
export const LINES = 4
