import { describeDictionary } from '../../codes/description.js'
import type { Dictionary } from '../../codes/problem.js'
import type { Shape, Trial } from '../../codes/trial.js'
import type { Declared } from '../../decoders/decoder.js'
import { guaranteeOf, refusalOf } from '../trials/declared-calls.js'
import type { OutsideCalls } from '../trials/disturbance.js'
import { type DecodeOptions, guardedDecode } from '../trials/guarded-decode.js'
import { timeLimit } from '../trials/limits.js'
import type { Violation } from '../trials/sampler.js'
import { type DecoderProcess, decoderProcess, type Late } from './decoder-process.js'
import { type DecoderSource, decoderSource } from './decoder-source.js'
import type { Declarations, Reply, Request, Transform } from './host-protocol.js'
import { type Stop, usualLimits } from './supervisor.js'
import { answerOf } from './trial-process.js'

/** What became of one problem. */
export type Outcome =
  | {
      readonly kind: 'answer'
      readonly indices: readonly number[]
      /** Whether the decoder drew from `problem.random`. */
      readonly drew: boolean
      readonly outside: OutsideCalls
    }
  /** The decoder says that it cannot read problems of this shape. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It broke its contract; `stopped` where that took its process, and a time limit perhaps. */
  | { readonly kind: 'violation'; readonly violation: Violation; readonly stopped: boolean }

export interface ReadOptions extends DecodeOptions {
  /** Whether the decoder may refuse the shape; false unless given. */
  readonly mayRefuse?: boolean
}

/** Reads problem after problem with one decoder, wherever that runs. */
export interface Reader {
  readonly declared: Declarations
  /** Problems read so far, whatever became of them. */
  readonly count: number
  /** Problems in a row over one dictionary object are read over one object. */
  read(trial: Pick<Trial, 'problem' | 'random'>, options?: ReadOptions): Promise<Outcome>
  /** Read problems of one shape, put to the decoder at once as far as it takes that. */
  readMany?(trials: readonly Pick<Trial, 'problem' | 'random'>[]): Promise<Outcome[]>
  /**
   * The coherence below which the decoder promises to read every k-subset; NaN where it says nothing that is a
   * number.
   */
  guarantee(k: number): Promise<number>
  /** Go on with a decoder that has read nothing before, where one can be had. */
  restart?(): Promise<void>
  /** The same decoder in a process beside this one. */
  another?(): Promise<Reader>
  /** End the input of a program: whether it ends with it. The next problem is read by another process. */
  readonly endInput?: (() => Promise<boolean>) | undefined
  /** What decodes did after their answers, by their number from 0, since the last call. */
  takeLate(): Late[]
  close(): Promise<void>
}

/**
 * Reads with a decoder in this thread. One that never answers is noticed when it awaits something; one that loops for
 * ever is not.
 * @param limitMs milliseconds that one decode may take
 */
export function localReader(decoder: Declared, limitMs: number): Reader {
  const { name, sizeVaries, coherenceGuarantee } = decoder
  let count = 0
  return {
    declared: { name, sizeVaries: sizeVaries === true, promises: coherenceGuarantee !== undefined },
    get count() {
      return count
    },
    async read({ problem }, { mayRefuse = false, ...options } = {}) {
      count++
      const { size: N, dimension: d } = problem.dictionary
      const refusal = mayRefuse ? refusalOf(decoder, { N, k: problem.k, d }) : undefined
      if (typeof refusal === 'object') return { kind: 'violation', violation: refusal, stopped: false }
      if (refusal !== undefined) return { kind: 'refused', reason: refusal }
      const own = { ...problem, code: problem.code.slice() }
      const decoded = await within(guardedDecode(decoder, own, options), limitMs)
      if ('kind' in decoded) return { kind: 'violation', violation: decoded, stopped: true }
      const { answer, drew, outside } = decoded
      if ('kind' in answer) return { kind: 'violation', violation: answer, stopped: false }
      return { kind: 'answer', indices: answer, drew, outside }
    },
    guarantee: async (k) => guaranteeOf(decoder, k),
    takeLate: () => [],
    close: async () => {},
  }
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

export interface ProcessReaderOptions {
  /** Milliseconds that one decode may take; large problems get more on top. */
  readonly timeLimit: number
  /** Milliseconds that loading may take. */
  readonly startupLimit?: number
  readonly transform?: Transform
}

/**
 * Reads with a built-in decoder, or one in a file, in a process of its own. A decode that hangs or ends the process
 * is a violation, and the next starts another process. Rejects with InputError when the decoder cannot be loaded.
 */
export async function processReader(
  source: DecoderSource | string,
  { timeLimit: baseMs, startupLimit, transform }: ProcessReaderOptions,
): Promise<Reader> {
  const usual = usualLimits(1)
  const limits = { ...usual, startup: startupLimit ?? usual.startup }
  const resolved = typeof source === 'string' ? decoderSource(source) : source
  const start = () => decoderProcess(resolved, limits, transform)
  return new ProcessReader(await start(), start, timeLimit(baseMs, limits.startup))
}

/** What is read of a trial: not its subset. */
type Readable = Pick<Trial, 'problem' | 'random'>

const shapeOf = ({ problem: { dictionary, k } }: Readable): Shape => ({
  N: dictionary.size,
  k,
  d: dictionary.dimension,
})

class ProcessReader implements Reader {
  readonly #start: () => Promise<DecoderProcess>
  readonly #limit: ReturnType<typeof timeLimit>
  readonly #ids = new WeakMap<Dictionary, number>()
  #process: DecoderProcess
  #dictionaries = 0
  #late: Late[] = []
  /** Decodes of the processes before this one. */
  #before = 0
  count = 0

  constructor(
    process: DecoderProcess,
    start: () => Promise<DecoderProcess>,
    limit: ReturnType<typeof timeLimit>,
  ) {
    this.#process = process
    this.#start = start
    this.#limit = limit
  }

  get declared(): Declarations {
    return this.#process.declared
  }

  async read(trial: Readable, options: ReadOptions = {}): Promise<Outcome> {
    const [reply] = await this.#ask([this.#request(trial, options)], this.#limit.of(shapeOf(trial)))
    return this.#outcome(reply, shapeOf(trial))
  }

  async readMany(trials: readonly Readable[]): Promise<Outcome[]> {
    const requests = trials.map((trial) => this.#request(trial, {}))
    const replies = await this.#ask(requests, this.#limit.of(shapeOf(trials[0])))
    return trials.map((trial, t) => this.#outcome(replies[t] ?? replies.at(-1)!, shapeOf(trial)))
  }

  async guarantee(k: number): Promise<number> {
    const [reply] = await this.#ask([{ kind: 'guarantee', k }], this.#limit.of({ N: 1, k: 1, d: 1 }))
    return 'stopped' in reply || reply.kind !== 'guarantee' ? Number.NaN : (reply.coherence ?? Number.NaN)
  }

  async restart(): Promise<void> {
    this.#collect()
    await this.#process.close()
    this.#before = this.count
    this.#process = await this.#start()
  }

  async another(): Promise<Reader> {
    return new ProcessReader(await this.#start(), this.#start, this.#limit)
  }

  get endInput() {
    const process = this.#process
    return process.endInput && (() => process.endInput!())
  }

  takeLate(): Late[] {
    this.#collect()
    const late = this.#late
    this.#late = []
    return late
  }

  close(): Promise<void> {
    return this.#process.close()
  }

  #collect(): void {
    const late = this.#process.takeLate()
    this.#late.push(...late.map(({ request, message }) => ({ request: this.#before + request, message })))
  }

  #request(
    { problem, random }: Readable,
    { watched = [], disturbance, mayRefuse = false }: ReadOptions,
  ): Request {
    const { dictionary, code, k } = problem
    const id = this.#ids.get(dictionary) ?? this.#dictionaries++
    this.#ids.set(dictionary, id)
    const described = { id, description: describeDictionary(dictionary) }
    return {
      kind: 'decode',
      problem: { dictionary: described, code, k, random: random().state() },
      watched,
      disturbance,
      mayRefuse,
    }
  }

  #outcome(reply: Reply | Stop, shape: Shape): Outcome {
    if ('stopped' in reply) return { kind: 'violation', violation: reply.stopped, stopped: true }
    if (reply.kind === 'refused') return { kind: 'refused', reason: reply.reason }
    const answer = answerOf(reply, shape, this.declared.sizeVaries)
    if ('kind' in answer) return { kind: 'violation', violation: answer, stopped: false }
    const { drew, outside } = reply as Extract<Reply, { kind: 'decoded' }>
    return { kind: 'answer', indices: answer, drew, outside }
  }

  /** The replies, and after them what stopped the process where one is missing. */
  async #ask(requests: readonly Request[], limitMs: number): Promise<(Reply | Stop)[]> {
    if (!this.#process.alive) await this.restart()
    const replies: (Reply | Stop)[] = []
    const stop = await this.#process.ask(requests, limitMs, (reply) => replies.push(reply))
    this.#limit.answered()
    this.count += requests.length
    return stop ? [...replies, stop] : replies
  }
}
