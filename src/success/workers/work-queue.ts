import type { Shape } from '../../codes/model.js'
import { append } from '../../io/append.js'
import { FailedCheck } from '../../io/failed-check.js'
import { type RecoveryCounts, recoveryCounts, setCounts } from '../trials/recovery.js'
import type { ContractViolation, RunOptions, TrialValues } from '../trials/sampler.js'
import type { Chunk, TrialRunner } from '../trials/trial-runner.js'

/** What a queue runs on. */
export interface QueueOptions {
  readonly workers: number
  /** Trials that a runner takes at a time, of which its chunks are multiples; 1 unless given. */
  readonly batch?: number
  /** Trials that a chunk has where each runner gets as many: they are decoded together; 1 unless given. */
  readonly least?: number
  /** Starts another runner; rejects when the decoder cannot be loaded. */
  start(): Promise<TrialRunner>
  /** How many runners at a time may work at this shape, at least 1. Throws RangeError when it does not fit at all. */
  runnersFor(shape: Shape): number
}

interface Job {
  readonly values: Float64Array
  readonly counts?: RecoveryCounts | undefined
  readonly faults: ContractViolation[]
  readonly chunk: Chunk
  readonly runners: number
  readonly options: RunOptions
  left: number
  stopListening(): void
  resolve(outcome: TrialValues): void
  reject(reason: unknown): void
}

interface Work {
  readonly job: Job
  readonly chunk: Chunk
}

interface Slot {
  readonly index: number
  busy: boolean
  runner?: TrialRunner | undefined
}

/** Chunks a worker is given on average in a run: enough for an even finish. */
const CHUNKS_PER_WORKER = 8
const LARGEST_CHUNK = 256
/**
 * A decoder that does not answer in so many trials, or in the first few, is given up: each of them takes the time
 * limit.
 */
const [MOST_HANGS, FIRST_HANGS] = [8, 3]
/** So is one whose process ends in so many trials before any answer: each starts another. */
const FIRST_ENDS = 32

/**
 * Trials shared out over runners in chunks. A runner that a trial kills or hangs is replaced: that trial has failed,
 * with the violation noted, and the rest of its chunk goes on.
 */
export class WorkQueue {
  readonly #options: QueueOptions
  readonly #slots: Slot[]
  readonly #jobs = new Set<Job>()
  #queue: Work[] = []
  #closed = false
  #hangs = 0
  #ends = 0
  #answered = false

  constructor(first: TrialRunner, options: QueueOptions) {
    this.#options = options
    this.#slots = Array.from({ length: options.workers }, (_, index) => ({ index, busy: false }))
    this.#slots[0].runner = first
  }

  run(
    shape: Shape,
    seed: string,
    from: number,
    trials: number,
    options: RunOptions = {},
  ): Promise<TrialValues> {
    return new Promise((resolve, reject) => {
      const { signal } = options
      signal?.throwIfAborted()
      if (this.#closed) throw new Error('the sampler is closed')
      const runners = this.#options.runnersFor(shape)
      const abort = () => this.#end(job, signal?.reason)
      const stopListening = () => signal?.removeEventListener('abort', abort)
      const chunk = { shape, seed, from, trials, counts: options.counts, tells: options.onTold !== undefined }
      const values = new Float64Array(trials)
      const job: Job = {
        values,
        counts: options.counts ? recoveryCounts(trials) : undefined,
        faults: [],
        chunk,
        runners,
        options,
        left: trials,
        stopListening,
        resolve,
        reject,
      }
      signal?.addEventListener('abort', abort)
      this.#jobs.add(job)
      append(this.#queue, cut(job, this.#options))
      if (trials === 0) this.#end(job)
      for (const slot of this.#slots) if (!slot.busy) this.#serve(slot)
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const job of this.#jobs) this.#end(job, new Error('the sampler was closed'))
    await Promise.all(this.#slots.map((slot) => this.#release(slot)))
  }

  async #serve(slot: Slot): Promise<void> {
    slot.busy = true
    for (;;) {
      const at = this.#queue.findIndex(({ job }) => slot.index < job.runners)
      if (at < 0) break
      const [work] = this.#queue.splice(at, 1)
      await this.#perform(slot, work).catch((error) => this.#end(work.job, error))
    }
    slot.busy = false
    // There is work so large that this runner's memory must go.
    if ([...this.#jobs].some((job) => slot.index >= job.runners)) await this.#release(slot)
  }

  async #perform(slot: Slot, { job, chunk }: Work): Promise<void> {
    if (!slot.runner?.alive) {
      await this.#release(slot)
      slot.runner = await this.#options.start()
    }
    if (this.#closed) return this.#release(slot)
    const { values, counts, told, faults, stopped } = await slot.runner.run(chunk)
    if (!this.#jobs.has(job)) return
    const { shape, seed } = chunk
    job.values.set(values, chunk.from - job.chunk.from)
    if (job.counts) setCounts(job.counts, counts, chunk.from - job.chunk.from)
    if (values.length > 0) this.#answered = true
    let done = values.length
    if (stopped) {
      const trial = chunk.from + done++
      if (job.counts) job.counts.active[trial - job.chunk.from] = shape.k
      faults.push({ ...stopped, ...shape, seed, trial })
      const rest = { ...chunk, from: trial + 1, trials: chunk.trials - done }
      if (rest.trials > 0) this.#queue.unshift({ job, chunk: rest })
      this.#giveUp(stopped.kind === 'hang', job, faults.at(-1)!)
    }
    told?.forEach((said, trial) => {
      job.options.onTold?.(trial, said)
    })
    for (const fault of faults) note(fault, job)
    job.left -= done
    job.options.onTrials?.(job.values.length - job.left)
    if (job.left === 0) this.#end(job)
  }

  #giveUp(hangs: boolean, job: Job, { message }: ContractViolation): void {
    if (hangs) this.#hangs++
    else if (!this.#answered) this.#ends++
    const hung = this.#hangs >= (this.#answered ? MOST_HANGS : FIRST_HANGS)
    if (!hung && (this.#answered || this.#ends < FIRST_ENDS)) return
    const decoder = this.#slots.find(({ runner }) => runner)?.runner?.decoder
    const times = hung ? this.#hangs : this.#ends
    this.#end(job, new FailedCheck(`${decoder} is given up: in each of ${times} trials it ${message}`))
  }

  #end(job: Job, reason?: unknown): void {
    if (!this.#jobs.delete(job)) return
    job.stopListening()
    this.#queue = this.#queue.filter((work) => work.job !== job)
    if (reason !== undefined) job.reject(reason)
    else {
      const { values, counts, faults } = job
      job.resolve({ values, ...(counts && { counts }), faults: faults.sort((a, b) => a.trial - b.trial) })
    }
  }

  async #release(slot: Slot): Promise<void> {
    const { runner } = slot
    slot.runner = undefined
    await runner?.close()
  }
}

function cut(job: Job, { batch = 1, least = 1 }: QueueOptions): Work[] {
  const { from, trials } = job.chunk
  // Whoever takes many at a time is given few chunks, of full batches.
  const chunks = batch > 1 ? 1 : CHUNKS_PER_WORKER
  const share = trials / job.runners
  const even = Math.min(LARGEST_CHUNK, Math.ceil(Math.max(share / chunks, Math.min(least, share))))
  const size = batch * Math.ceil(even / batch)
  const works: Work[] = []
  for (let t = 0; t < trials; t += size) {
    works.push({ job, chunk: { ...job.chunk, from: from + t, trials: Math.min(size, trials - t) } })
  }
  return works
}

/** A violation of one of the job's trials: at most one a trial, whose value is 0. */
function note(fault: ContractViolation, { chunk, values, counts, faults, options }: Job): void {
  const { shape, seed, from } = chunk
  const { N, k, d, trial } = fault
  const own = N === shape.N && k === shape.k && d === shape.d && fault.seed === seed
  if (!own || !(trial >= from && trial < from + values.length)) return
  values[trial - from] = 0
  if (counts) {
    counts.hits[trial - from] = 0
    counts.falsePositives[trial - from] = 0
  }
  if (faults.some((one) => one.trial === trial)) return
  faults.push(fault)
  options.onFault?.(fault)
}
