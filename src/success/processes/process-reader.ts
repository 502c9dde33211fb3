import { describeDictionary } from '../../codes/description.js'
import type { Dictionary } from '../../codes/problem.js'
import type { Shape, Trial } from '../../codes/trial.js'
import { InputError } from '../../io/input-error.js'
import { type TimeLimit, timeLimit } from '../trials/limits.js'
import { type DecoderProcess, decoderProcess, type Late } from './decoder-process.js'
import { type DecoderSource, decoderSource } from './decoder-source.js'
import type { Declarations, Reply, Request, Transform } from './host-protocol.js'
import {
  type DecodeOutcome,
  type DecodingOptions,
  type ProblemReader,
  type Unanswered,
  unread,
} from './reader.js'
import { type Stop, usualLimits } from './supervisor.js'
import { answerOf } from './trial-process.js'
import { type UnhurriedClock, unhurriedClock } from './unhurried-clock.js'

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
): Promise<ProblemReader> {
  const usual = usualLimits(1)
  const limits = { ...usual, startup: startupLimit ?? usual.startup }
  const resolved = typeof source === 'string' ? decoderSource(source) : source
  const start = (mostMs: number) =>
    decoderProcess(resolved, { ...limits, startup: Math.min(limits.startup, mostMs) }, transform)
  const clock = unhurriedClock()
  return new ProcessReader(await start(Infinity), { start, clock, limit: timeLimit(baseMs, limits.startup) })
}

/** What is read of a trial: not its subset. */
type Readable = Pick<Trial, 'problem' | 'random'>

const shapeOf = ({ problem: { dictionary, k } }: Readable): Shape => ({
  N: dictionary.size,
  k,
  d: dictionary.dimension,
})

/** A reply, or why there is none. */
type Came = Reply | Stop | typeof unread

const stoppedBy = ({ stopped }: Stop): Unanswered => ({
  kind: 'violation',
  violation: stopped,
  stopped: true,
})

/** What a decoder's readers have in common. */
interface Common {
  /** Another process of the decoder, which is loaded in so many milliseconds at most. */
  start(mostMs: number): Promise<DecoderProcess>
  readonly clock: UnhurriedClock
  readonly limit: TimeLimit
}

class ProcessReader implements ProblemReader {
  readonly #common: Common
  readonly #ids = new WeakMap<Dictionary, number>()
  #process: DecoderProcess
  #dictionaries = 0
  #late: Late[] = []
  /** Decodes of the processes before this one. */
  #before = 0
  count = 0
  until = Infinity

  constructor(process: DecoderProcess, common: Common) {
    this.#process = process
    this.#common = common
    common.clock.watch(process.pid)
  }

  get clock(): UnhurriedClock {
    return this.#common.clock
  }

  get declared(): Declarations {
    return this.#process.declared
  }

  async read(trial: Readable, options: DecodingOptions = {}): Promise<DecodeOutcome> {
    const [reply] = await this.#ask([this.#request(trial, options)], this.#common.limit.of(shapeOf(trial)))
    return this.#outcome(reply, shapeOf(trial))
  }

  async readMany(trials: readonly Readable[]): Promise<DecodeOutcome[]> {
    const requests = trials.map((trial) => this.#request(trial, {}))
    const replies = await this.#ask(requests, this.#common.limit.of(shapeOf(trials[0])))
    return trials.map((trial, t) => this.#outcome(replies[t] ?? replies.at(-1)!, shapeOf(trial)))
  }

  async guarantee(k: number): Promise<number | Unanswered> {
    const [reply] = await this.#ask([{ kind: 'guarantee', k }], this.#common.limit.of({ N: 1, k: 1, d: 1 }))
    if ('stopped' in reply) return stoppedBy(reply)
    if (reply.kind === 'unread') return reply
    return reply.kind === 'guarantee' ? (reply.coherence ?? Number.NaN) : Number.NaN
  }

  async restart(): Promise<void> {
    this.#collect()
    await this.close()
  }

  async another(): Promise<ProblemReader> {
    return new ProcessReader(await this.#common.start(this.#left()), this.#common)
  }

  get endInput() {
    const process = this.#process
    return process.endInput && (() => process.endInput!(this.#left()))
  }

  takeLate(): Late[] {
    this.#collect()
    const late = this.#late
    this.#late = []
    return late
  }

  close(): Promise<void> {
    this.clock.unwatch(this.#process.pid)
    return this.#process.close()
  }

  #collect(): void {
    const late = this.#process.takeLate()
    this.#late.push(...late.map((one) => ({ ...one, request: this.#before + one.request })))
  }

  #request(
    { problem, random }: Readable,
    { watched = [], disturbance, mayRefuse = false }: DecodingOptions,
  ): Request {
    const { dictionary, code, k, model } = problem
    const id = this.#ids.get(dictionary) ?? this.#dictionaries++
    this.#ids.set(dictionary, id)
    const described = { id, description: describeDictionary(dictionary) }
    return {
      kind: 'decode',
      problem: { dictionary: described, code, k, ...(model && { model }), random: random().state() },
      watched,
      disturbance,
      mayRefuse,
    }
  }

  /** Milliseconds until the time is up. */
  #left(): number {
    return Math.max(1, this.until - this.clock.now())
  }

  #outcome(reply: Came, shape: Shape): DecodeOutcome {
    if ('stopped' in reply) return stoppedBy(reply)
    if (reply.kind === 'unread') return reply
    if (reply.kind === 'refused') return { kind: 'refused', reason: reply.reason }
    const answer = answerOf(reply, shape, this.declared.sizeVaries)
    if ('kind' in answer) return { kind: 'violation', violation: answer, stopped: false }
    const { drew, outside } = reply as Extract<Reply, { kind: 'decoded' }>
    const { list, scores } = answer
    return { kind: 'answer', indices: list, ...(scores && { scores }), drew, outside }
  }

  /** The replies, and after them why the next one is missing where it is. */
  async #ask(requests: readonly Request[], limitMs: number): Promise<Came[]> {
    const stopped = this.#process.alive ? undefined : await this.#renew()
    if (stopped) return [stopped]
    const share = this.#left() / requests.length
    const replies: Came[] = []
    let timeUp = false
    let timer: NodeJS.Timeout | undefined
    const look = () => {
      timeUp = this.clock.now() >= this.until
      if (timeUp) this.close()
      else timer = setTimeout(look, this.#left())
    }
    if (this.until < Infinity) look()
    const limit = () => Math.min(limitMs, share)
    const stop = await this.#process.ask(requests, limit, (reply) => replies.push(reply))
    clearTimeout(timer)
    this.count += requests.length
    const cutShort = timeUp || (stop?.stopped.kind === 'hang' && share < limitMs)
    if (!cutShort) this.#common.limit.answered()
    return stop ? [...replies, cutShort ? unread : stop] : replies
  }

  /** Go on with another process, or say why there is none. */
  async #renew(): Promise<Stop | typeof unread | undefined> {
    await this.restart()
    try {
      this.#process = await this.#common.start(this.#left())
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      if (this.clock.now() >= this.until) return unread
      return { stopped: { kind: 'crash', message: `cannot be started again: ${error.message}` } }
    }
    this.clock.watch(this.#process.pid)
    this.#before = this.count
    return undefined
  }
}
