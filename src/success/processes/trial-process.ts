import { describeDictionary } from '../../codes/description.js'
import { type Draw, ideal, type Model, type Shape } from '../../codes/model.js'
import type { Dictionary } from '../../codes/problem.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { judge, thoroughness } from '../trials/judge.js'
import type { TimeLimit } from '../trials/limits.js'
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
export function trialProcess(process: DecoderProcess, limit: TimeLimit, model: Model = ideal): TrialRunner {
  const origins = new Map<number, Origin>()
  const arena = rademacherArena()
  let dictionaries = 0

  const pending = ({ shape, seed }: Chunk, trial: number): Pending => {
    const draw = model.draw(shape, seed, trial)
    const { twice, watched } = thoroughness(trial, draw.subset)
    const small = process.declared.foreign === true && (shape.N * shape.d) / 8 <= BUILT_BYTES
    const ask = (): Request => ({
      kind: 'decode',
      problem: describe(draw, dictionaries++, small ? draw.dictionary.build(arena) : undefined),
      watched,
      mayRefuse: false,
    })
    return { trial, subset: draw.subset, requests: twice ? [ask(), ask()] : [ask()] }
  }
  const remember = (batch: readonly Pending[], { shape, seed }: Chunk) => {
    let request = process.sent
    for (const { trial, requests } of batch) {
      for (const _ of requests) origins.set(request++, { ...shape, seed, trial })
    }
    for (const old of origins.keys()) {
      if (old >= request - REMEMBERED) break
      origins.delete(old)
    }
  }
  const late = (): ContractViolation[] =>
    process.takeLate().flatMap(({ request, message }): ContractViolation[] => {
      const origin = origins.get(request)
      return origin ? [{ kind: 'throw', message, ...origin }] : []
    })

  /** Trials from number `at` on, short of `end`, that fill a batch as far as whole trials can. */
  const drawnBatch = (chunk: Chunk, at: number, end: number): Pending[] => {
    const { batch = 1 } = process.declared
    const most = Math.max(batch, Math.min(BATCH_REQUESTS, Math.floor(BATCH_BYTES / (8 * chunk.shape.d))))
    const trials: Pending[] = []
    let requests = 0
    for (let trial = at; trial < end && requests < most; trial++) {
      const one = pending(chunk, trial)
      requests += one.requests.length
      trials.push(one)
    }
    return trials
  }

  return {
    decoder: process.declared.name,
    get alive() {
      return process.alive
    },
    async run(chunk): Promise<ChunkEnd> {
      const { shape, seed, from, trials } = chunk
      const drawn = (done: number) => drawnBatch(chunk, from + done, from + trials)
      const values = new Float64Array(trials)
      const faults: ContractViolation[] = []
      let batch = drawn(0)
      for (let done = 0; done < trials; ) {
        remember(batch, chunk)
        const replies: Reply[] = []
        const asked = process.ask(
          batch.flatMap(({ requests }) => requests),
          limit.of(shape),
          (reply) => replies.push(reply),
        )
        // The next ones are drawn while the decoder works.
        const next = drawn(done + batch.length)
        const stop = await asked
        limit.answered()
        const judged = judgeAll(batch, replies, (reply) =>
          answerOf(reply, shape, process.declared.sizeVaries),
        )
        for (const { trial, outcome } of judged) {
          if (typeof outcome === 'boolean') values[trial - from] = Number(outcome)
          else faults.push({ ...outcome, ...shape, seed, trial })
        }
        faults.push(...late())
        done += judged.length
        if (stop) return { values: values.subarray(0, done), faults, stopped: stop.stopped }
        batch = next
      }
      return { values, faults }
    },
    close: () => process.close(),
  }
}

/**
 * Bytes of a dictionary's signs that are built here, where the process needs them as a file: that is faster, for
 * small ones.
 */
const BUILT_BYTES = 2 ** 20

function describe(
  { dictionary, subset, random }: Draw,
  id: number,
  built: Dictionary | undefined,
): DescribedProblem {
  const description = built ? describeDictionary(built) : dictionary.describe()
  return {
    dictionary: { id, description },
    code: (built ?? dictionary).superpose(subset),
    k: subset.length,
    random: random().state(),
  }
}

/** The outcomes of the trials that all replies have come for. */
function judgeAll(
  batch: readonly Pending[],
  replies: readonly Reply[],
  answerOf: (reply: Reply) => readonly number[] | Violation,
) {
  const judged: { trial: number; outcome: boolean | Violation }[] = []
  let at = 0
  for (const { trial, subset, requests } of batch) {
    if (at + requests.length > replies.length) break
    const [answer, again] = replies.slice(at, at + requests.length).map(answerOf)
    judged.push({ trial, outcome: judge(subset, answer, again) })
    at += requests.length
  }
  return judged
}

/** What a process says is looked at again here: a decoder may have changed what runs beside it. */
export function answerOf(reply: Reply, { N, k }: Shape, sizeVaries: boolean): readonly number[] | Violation {
  if (reply.kind === 'broken') return reply.violation
  if (reply.kind !== 'decoded') return { kind: 'not-a-list', message: 'gave no answer' }
  if (!Array.isArray(reply.answer)) return reply.answer as Violation
  return answerViolation(reply.answer, N, k, sizeVaries) ?? reply.answer
}
