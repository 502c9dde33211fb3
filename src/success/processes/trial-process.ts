import { type Draw, type DrawnDictionary, ideal, type Model, type Shape } from '../../codes/model.js'
import { judge, thoroughness } from '../trials/judge.js'
import type { TimeLimit } from '../trials/limits.js'
import { firstCounts, recoveryCounts } from '../trials/recovery.js'
import type { ContractViolation, Violation } from '../trials/sampler.js'
import { type Taken, takeAnswer } from '../trials/take-answer.js'
import { type Told, told } from '../trials/told.js'
import type { Chunk, ChunkEnd, TrialRunner } from '../trials/trial-runner.js'
import type { DecoderProcess } from './decoder-process.js'
import type { DescribedProblem, Reply, Request } from './host-protocol.js'

/** Trials whose late failures can still be laid to them. */
const REMEMBERED = 4096

/** Where a decode of the process belongs. */
interface Origin extends Shape {
  readonly seed: string
  readonly trial: number
}

/** A trial drawn here, where the decoder's code is not loaded. */
interface Pending {
  readonly draw: Draw
  readonly requests: readonly Request[]
}

/**
 * Runs trials of a decoder that lives in a process: subset and code are drawn, and answers judged, in this one.
 */
export const trialProcess = (process: DecoderProcess, limit: TimeLimit, model: Model = ideal): TrialRunner =>
  new TrialProcess(process, limit, model)

class TrialProcess implements TrialRunner {
  readonly decoder: string
  readonly #process: DecoderProcess
  readonly #limit: TimeLimit
  readonly #model: Model
  /** By the number of the decode in its process. */
  readonly #origins = new Map<number, Origin>()
  #dictionaries = 0
  /** The dictionary of every trial, once it was sent. */
  #given: { readonly drawn: DrawnDictionary; readonly id: number } | undefined

  constructor(process: DecoderProcess, limit: TimeLimit, model: Model) {
    this.decoder = process.declared.name
    this.#process = process
    this.#limit = limit
    this.#model = model
  }

  get alive(): boolean {
    return this.#process.alive
  }

  async run(chunk: Chunk): Promise<ChunkEnd> {
    const { shape, seed, from, trials } = chunk
    const values = new Float64Array(trials)
    const counts = recoveryCounts(trials)
    const faults: ContractViolation[] = []
    const waiting: Pending[] = []
    const toldBy = new Map<number, Told>()
    let answers: (Taken | Violation)[] = []
    let done = 0
    const onReply = (reply: Reply) => {
      this.#limit.answered()
      answers.push(answerOf(reply, shape, this.#process.declared.sizeVaries))
      const [{ draw, requests }] = waiting
      if (answers.length < requests.length) return
      const [first] = answers
      const recovery = judge(draw.subset, listed(first), answers[1] && listed(answers[1]))
      counts.active[done] = draw.subset.length
      if ('kind' in recovery) faults.push({ ...recovery, ...shape, seed, trial: from + done })
      else {
        values[done] = Number(recovery.exact)
        counts.hits[done] = recovery.hits
        counts.falsePositives[done] = recovery.falsePositives
        const said = chunk.tells && 'list' in first ? toldOf(draw, first) : undefined
        if (said) toldBy.set(from + done, said)
      }
      waiting.shift()
      answers = []
      done++
    }
    const stop = await this.#ask(this.#requests(chunk, waiting), shape, onReply)
    this.#limit.answered()
    faults.push(...this.#late())
    const told = chunk.tells ? { told: toldBy } : {}
    if (!stop) return { values, counts, faults, ...told }
    const { stopped } = stop
    return { values: values.subarray(0, done), counts: firstCounts(counts, done), faults, stopped, ...told }
  }

  close(): Promise<void> {
    return this.#process.close()
  }

  async #ask(requests: Iterable<Request>, shape: Shape, onReply: (reply: Reply) => void) {
    try {
      return await this.#process.ask(requests, () => this.#limit.of(shape), onReply)
    } catch (error) {
      // A trial cannot be drawn: those before it may be under way still.
      await this.close()
      throw error
    }
  }

  /** The requests of a chunk's trials, each drawn when it is asked for; `waiting` gets the trials. */
  *#requests(chunk: Chunk, waiting: Pending[]): Generator<Request> {
    const { shape, seed, from, trials } = chunk
    let number = this.#process.sent
    for (let trial = from; trial < from + trials; trial++) {
      const pending = this.#pending(chunk, trial)
      waiting.push(pending)
      for (const request of pending.requests) {
        this.#origins.set(number, { ...shape, seed, trial })
        this.#origins.delete(number - REMEMBERED)
        number++
        yield request
      }
    }
  }

  #pending({ shape, seed }: Chunk, trial: number): Pending {
    const draw = this.#model.draw(shape, seed, trial)
    const { twice, watched } = thoroughness(trial, draw.subset)
    const ask = (): Request => ({
      kind: 'decode',
      problem: this.#describe(draw),
      watched,
      mayRefuse: true,
    })
    return { draw, requests: twice ? [ask(), ask()] : [ask()] }
  }

  #describe(draw: Draw): DescribedProblem {
    const { dictionary, k, model, random } = draw
    const known = dictionary.given && this.#given?.drawn === dictionary ? this.#given : undefined
    const id = known?.id ?? this.#dictionaries++
    if (dictionary.given) this.#given = { drawn: dictionary, id }
    // A program is told of its files by what describes them.
    const sent = known && this.#process.declared.foreign !== true
    return {
      dictionary: sent ? { id } : { id, description: dictionary.describe() },
      code: draw.code(),
      k,
      ...(model && { model }),
      random: random().state(),
    }
  }

  #late(): ContractViolation[] {
    return this.#process.takeLate().flatMap(({ request, ...said }): ContractViolation[] => {
      const origin = this.#origins.get(request)
      return origin ? [{ kind: 'throw', ...said, ...origin }] : []
    })
  }
}

/** What a process says is looked at again here: a decoder may have changed what runs beside it. */
export function answerOf(reply: Reply, shape: Shape, sizeVaries: boolean): Taken | Violation {
  if (reply.kind === 'broken') return reply.violation
  if (reply.kind === 'refused') return { kind: 'refused', message: `refuses: ${reply.reason}` }
  if (reply.kind !== 'decoded') return { kind: 'not-a-list', message: 'gave no answer' }
  if (!Array.isArray(reply.answer)) return reply.answer as Violation
  return takeAnswer({ ...reply.beside, list: reply.answer }, shape, sizeVaries)
}

const listed = (answer: Taken | Violation) => ('list' in answer ? answer.list : answer)

function toldOf({ dictionary, subset, weights, code }: Draw, taken: Taken): Told | undefined {
  const { scores, amplitudes } = taken
  if (!scores && !amplitudes) return undefined
  return told({ subset, weights, code: code(), combine: dictionary.combine }, taken)
}
