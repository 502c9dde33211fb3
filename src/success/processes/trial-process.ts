import { type Draw, type DrawnDictionary, ideal, type Model, type Shape } from '../../codes/model.js'
import { judge, thoroughness } from '../trials/judge.js'
import type { TimeLimit } from '../trials/limits.js'
import { firstCounts, type Recovery, recoveryCounts } from '../trials/recovery.js'
import type { ContractViolation, Violation } from '../trials/sampler.js'
import type { Chunk, ChunkEnd, TrialRunner } from '../trials/trial-runner.js'
import { answerViolation } from '../trials/validate-answer.js'
import type { DecoderProcess } from './decoder-process.js'
import type { DescribedProblem, Reply, Request } from './host-protocol.js'

/** Bytes of codes, and requests, that go to the process at a time; a decoder that takes more at a time gets as many. */
const BATCH_BYTES = 2 ** 20
const BATCH_REQUESTS = 32
/** Trials whose late failures can still be laid to them. */
const REMEMBERED = 4096

/** Where a decode of the process belongs. */
interface Origin extends Shape {
  readonly seed: string
  readonly trial: number
}

/** A trial drawn here, where the decoder's code is not loaded. */
interface Pending {
  readonly trial: number
  readonly subset: readonly number[]
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
    const drawn = (done: number) => this.#draw(chunk, from + done, from + trials)
    const values = new Float64Array(trials)
    const counts = recoveryCounts(trials)
    const faults: ContractViolation[] = []
    let batch = drawn(0)
    for (let done = 0; done < trials; ) {
      const replies: Reply[] = []
      const asked = this.#ask(batch, chunk, replies)
      // The next ones are drawn while the decoder works.
      const next = drawn(done + batch.length)
      const stop = await asked
      this.#limit.answered()
      const judged = judgeAll(batch, replies, (reply) =>
        answerOf(reply, shape, this.#process.declared.sizeVaries),
      )
      for (const { trial, active, recovery } of judged) {
        const t = trial - from
        counts.active[t] = active
        if ('kind' in recovery) faults.push({ ...recovery, ...shape, seed, trial })
        else {
          values[t] = Number(recovery.exact)
          counts.hits[t] = recovery.hits
          counts.falsePositives[t] = recovery.falsePositives
        }
      }
      faults.push(...this.#late())
      done += judged.length
      if (stop) {
        return {
          values: values.subarray(0, done),
          counts: firstCounts(counts, done),
          faults,
          stopped: stop.stopped,
        }
      }
      batch = next
    }
    return { values, counts, faults }
  }

  close(): Promise<void> {
    return this.#process.close()
  }

  #ask(batch: readonly Pending[], { shape, seed }: Chunk, replies: Reply[]) {
    let number = this.#process.sent
    for (const { trial, requests } of batch) {
      for (const _ of requests) this.#origins.set(number++, { ...shape, seed, trial })
    }
    for (const old of this.#origins.keys()) {
      if (old >= number - REMEMBERED) break
      this.#origins.delete(old)
    }
    const requests = batch.flatMap((one) => one.requests)
    return this.#process.ask(requests, this.#limit.of(shape), (reply) => replies.push(reply))
  }

  /** Trials from number `at` on, short of `end`, that fill a batch as far as whole trials can. */
  #draw(chunk: Chunk, at: number, end: number): Pending[] {
    const { batch = 1 } = this.#process.declared
    const most = Math.max(batch, Math.min(BATCH_REQUESTS, Math.floor(BATCH_BYTES / (8 * chunk.shape.d))))
    const trials: Pending[] = []
    let requests = 0
    for (let trial = at; trial < end && requests < most; trial++) {
      const one = this.#pending(chunk, trial)
      requests += one.requests.length
      trials.push(one)
    }
    return trials
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
    return { trial, subset: draw.subset, requests: twice ? [ask(), ask()] : [ask()] }
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

/** The outcomes of the trials that all replies have come for. */
function judgeAll(
  batch: readonly Pending[],
  replies: readonly Reply[],
  answerOf: (reply: Reply) => readonly number[] | Violation,
) {
  const judged: { trial: number; active: number; recovery: Recovery | Violation }[] = []
  let at = 0
  for (const { trial, subset, requests } of batch) {
    if (at + requests.length > replies.length) break
    const [answer, again] = replies.slice(at, at + requests.length).map(answerOf)
    judged.push({ trial, active: subset.length, recovery: judge(subset, answer, again) })
    at += requests.length
  }
  return judged
}

/** What a process says is looked at again here: a decoder may have changed what runs beside it. */
export function answerOf(reply: Reply, { N, k }: Shape, sizeVaries: boolean): readonly number[] | Violation {
  if (reply.kind === 'broken') return reply.violation
  if (reply.kind === 'refused') return { kind: 'refused', message: `refuses: ${reply.reason}` }
  if (reply.kind !== 'decoded') return { kind: 'not-a-list', message: 'gave no answer' }
  if (!Array.isArray(reply.answer)) return reply.answer as Violation
  return answerViolation(reply.answer, N, k, sizeVaries) ?? reply.answer
}
