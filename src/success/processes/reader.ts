import type { Trial } from '../../codes/trial.js'
import type { Declared } from '../../decoders/decoder.js'
import { guaranteeOf, refusalOf } from '../trials/declared-calls.js'
import type { OutsideCalls } from '../trials/disturbance.js'
import { type DecodeOptions, guardedDecode } from '../trials/guarded-decode.js'
import type { Violation } from '../trials/sampler.js'
import type { Late } from './decoder-process.js'
import type { Declarations } from './host-protocol.js'
import { type UnhurriedClock, unhurriedClock } from './unhurried-clock.js'

/** What became of one problem. */
export type DecodeOutcome =
  | {
      readonly kind: 'answer'
      readonly indices: readonly number[]
      /** Of all codewords, where it says them. */
      readonly scores?: readonly number[]
      /** Whether the decoder drew from `problem.random`. */
      readonly drew: boolean
      readonly outside: OutsideCalls
    }
  /** The decoder says that it cannot read problems of this shape. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It broke its contract; `stopped` where that took its process, and a time limit perhaps. */
  | { readonly kind: 'violation'; readonly violation: Violation; readonly stopped: boolean }
  /** No answer had come when `until` was up, before any limit of the decoder's own: that says nothing of it. */
  | { readonly kind: 'unread'; readonly reason: string }

/** What became of a problem without an answer. */
export type Unanswered = Exclude<DecodeOutcome, { kind: 'answer' }>

export interface DecodingOptions extends DecodeOptions {
  /** Whether the decoder may refuse the shape; false unless given. */
  readonly mayRefuse?: boolean
}

/** Reads problem after problem with one decoder, wherever that runs. */
export interface ProblemReader {
  readonly declared: Declarations
  /** Problems read so far, whatever became of them. */
  readonly count: number
  /** When all that is asked of it must have come, as its clock counts: Infinity unless set. */
  until: number
  readonly clock: Pick<UnhurriedClock, 'now'>
  /** Problems in a row over one dictionary object are read over one object. */
  read(trial: Pick<Trial, 'problem' | 'random'>, options?: DecodingOptions): Promise<DecodeOutcome>
  /** Read problems of one shape, put to the decoder at once as far as it takes that. */
  readMany?(trials: readonly Pick<Trial, 'problem' | 'random'>[]): Promise<DecodeOutcome[]>
  /**
   * The coherence below which the decoder promises to read every k-subset, NaN where it says nothing that is a
   * number; or what came of asking.
   */
  guarantee(k: number): Promise<number | Unanswered>
  /** Go on with a decoder that has read nothing before, where one can be had. */
  restart?(): Promise<void>
  /** The same decoder in a process beside this one. */
  another?(): Promise<ProblemReader>
  /**
   * End the input of a program: whether it ends with it, undefined where `until` was up. The next problem is read by
   * another process.
   */
  readonly endInput?: (() => Promise<boolean | undefined>) | undefined
  /** What decodes did after their answers, by their number from 0, since the last call. */
  takeLate(): Late[]
  close(): Promise<void>
}

/**
 * Reads with a decoder in this thread. One that never answers is noticed when it awaits something; one that loops for
 * ever is not.
 * @param limitMs milliseconds that one decode may take
 */
export function localReader(decoder: Declared, limitMs: number): ProblemReader {
  const { name, sizeVaries, coherenceGuarantee } = decoder
  let count = 0
  return {
    declared: { name, sizeVaries: sizeVaries === true, promises: coherenceGuarantee !== undefined },
    get count() {
      return count
    },
    until: Infinity,
    clock: unhurriedClock(),
    async read({ problem }, { mayRefuse = false, ...options } = {}) {
      count++
      const { size: N, dimension: d } = problem.dictionary
      const refusal = mayRefuse ? refusalOf(decoder, { N, k: problem.k, d }) : undefined
      if (typeof refusal === 'object') return { kind: 'violation', violation: refusal, stopped: false }
      if (refusal !== undefined) return { kind: 'refused', reason: refusal }
      const own = { ...problem, code: problem.code.slice() }
      const left = this.until - this.clock.now()
      if (left <= 0) return unread
      const decoded = await within(guardedDecode(decoder, own, options), Math.min(limitMs, left))
      if ('kind' in decoded && left < limitMs) return unread
      if ('kind' in decoded) return { kind: 'violation', violation: decoded, stopped: true }
      const { answer, beside, drew, outside } = decoded
      if ('kind' in answer) return { kind: 'violation', violation: answer, stopped: false }
      const { scores } = beside ?? {}
      return { kind: 'answer', indices: answer, ...(scores && { scores }), drew, outside }
    },
    guarantee: async (k) => guaranteeOf(decoder, k),
    takeLate: () => [],
    close: async () => {},
  }
}

/** What comes of a problem where the time is up. */
export const unread: Extract<DecodeOutcome, { kind: 'unread' }> = {
  kind: 'unread',
  reason: 'the time was up before it answered: give the check more seconds',
}

async function within<T>(step: Promise<T>, limitMs: number): Promise<T | Violation> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Violation>((resolve) => {
    const message = `did not answer within ${(limitMs / 1000).toPrecision(3)} s`
    timer = setTimeout(() => resolve({ kind: 'hang', message }), limitMs)
  })
  try {
    return await Promise.race([step, late])
  } finally {
    clearTimeout(timer)
  }
}
