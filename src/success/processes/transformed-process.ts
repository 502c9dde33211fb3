import { describeDictionary, dictionaryFrom } from '../../codes/description.js'
import type { Dictionary } from '../../codes/problem.js'
import { rademacherArena } from '../../codes/rademacher.js'
import type { Declared } from '../../decoders/decoder.js'
import { streamAt } from '../../random/stream.js'
import { guardedDecode } from '../trials/guarded-decode.js'
import type { DecoderProcess } from './decoder-process.js'
import type { Reply, Request, Transform } from './host-protocol.js'
import type { Stop } from './supervisor.js'

type DecodeRequest = Extract<Request, { kind: 'decode' }>
type Decoded = Extract<Reply, { kind: 'decoded' }>

/** A problem's outcome where the program behind the decoder gave none. */
class Unanswered extends Error {
  readonly outcome: Reply | Stop
  constructor(outcome: Reply | Stop) {
    super('gave no answer')
    this.outcome = outcome
  }
}

/**
 * A program's process behind a change that this package makes to any decoder: made here, to what goes in and comes
 * out, since it cannot run in the program.
 */
export async function transformedProcess(
  process: DecoderProcess,
  { module, name, argument }: Transform,
): Promise<DecoderProcess> {
  const change = (await import(module))[name] as (decoder: Declared, argument: string) => Declared
  const behind = new Behind(process)
  const decoder = change(behind, argument)
  return {
    ...process,
    get alive() {
      return process.alive
    },
    get modules() {
      return process.modules
    },
    get sent() {
      return behind.count
    },
    async ask(requests, limitMs, onReply) {
      for (const request of requests) {
        const outcome = await behind.decodeBy(decoder, request as DecodeRequest, limitMs)
        if ('stopped' in outcome) return outcome
        onReply(outcome)
      }
      return undefined
    },
  }
}

/** The program as a decoder in this process. */
class Behind implements Declared {
  readonly name: string
  readonly sizeVaries: boolean
  readonly #process: DecoderProcess
  readonly #arena = rademacherArena()
  readonly #ids = new WeakMap<Dictionary, number>()
  #dictionaries = 0
  #current: { readonly id: number; readonly dictionary: Dictionary } | undefined
  #request!: DecodeRequest
  #limitMs = () => 0
  #inner: Decoded | undefined
  #unanswered: Unanswered | undefined
  count = 0

  constructor(process: DecoderProcess) {
    this.#process = process
    this.name = process.declared.name
    this.sizeVaries = process.declared.sizeVaries
  }

  /** What the changed decoder makes of a request. */
  async decodeBy(changed: Declared, request: DecodeRequest, limitMs: () => number): Promise<Reply | Stop> {
    this.count++
    this.#request = request
    this.#limitMs = limitMs
    this.#inner = undefined
    this.#unanswered = undefined
    const { dictionary, code, k, random, model } = request.problem
    if (this.#current?.id !== dictionary.id) {
      this.#current = { id: dictionary.id, dictionary: dictionaryFrom(dictionary.description!, this.#arena) }
    }
    let uniform: (() => number) | undefined
    const draw = () => {
      uniform ??= streamAt(random).uniform
      return uniform()
    }
    const problem = { dictionary: this.#current.dictionary, code, k, random: draw, ...(model && { model }) }
    // A disturbed world is the program's alone: here it would disturb this run.
    const decoded = await guardedDecode(changed, problem, { watched: request.watched })
    // Typed as it was before the call otherwise.
    const { outcome } = (this.#unanswered as Unanswered | undefined) ?? {}
    if (outcome) return outcome
    const inner = this.#inner as Decoded | undefined
    const { answer, drew, outside } = decoded
    return { kind: 'decoded', answer, drew: drew || inner?.drew === true, outside: inner?.outside ?? outside }
  }

  async decode({ dictionary, code, k }: Parameters<Declared['decode']>[0]): Promise<readonly number[]> {
    const id = this.#ids.get(dictionary) ?? this.#dictionaries++
    this.#ids.set(dictionary, id)
    const { problem, mayRefuse, disturbance } = this.#request
    const described = { id, description: describeDictionary(dictionary) }
    let reply: Reply | undefined
    const stop = await this.#process.ask(
      [
        {
          kind: 'decode',
          problem: { dictionary: described, code: Float64Array.from(code), k, random: problem.random },
          watched: [],
          disturbance,
          mayRefuse,
        },
      ],
      this.#limitMs,
      (one) => {
        reply = one
      },
    )
    const outcome = stop ?? reply!
    if ('stopped' in outcome || outcome.kind !== 'decoded' || !Array.isArray(outcome.answer)) {
      this.#unanswered = new Unanswered(outcome)
      throw this.#unanswered
    }
    this.#inner = outcome
    return outcome.answer as readonly number[]
  }
}
