import type { Shape } from '../../codes/trial.js'
import type { ContractViolation, RunOptions, TrialValues } from '../trials/sampler.js'
import type { TrialThread } from './trial-thread.js'
import type { Chunk } from './worker-messages.js'

/** What a queue runs on. */
export interface QueueOptions {
  readonly workers: number
  /** Starts another thread; rejects when the decoder cannot be loaded. */
  start(): Promise<TrialThread>
  /** How many threads at a time may work at this shape, at least 1. Throws RangeError when it does not fit at all. */
  threadsFor(shape: Shape): number
  /** Milliseconds that one trial may take. */
  limitFor(shape: Shape): number
}

interface Job {
  readonly values: Float64Array
  readonly faults: ContractViolation[]
  readonly from: number
  readonly threads: number
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
  thread?: TrialThread | undefined
}

/** Chunks a worker is given on average in a run: enough for an even finish. */
const CHUNKS_PER_WORKER = 8
const LARGEST_CHUNK = 256

/**
 * Trials shared out over threads in chunks. A thread that a trial kills or hangs is replaced: that trial has failed, with the
 * fault noted, and the rest of its chunk goes on.
 */
export function workQueue(first: TrialThread, { workers, start, threadsFor, limitFor }: QueueOptions) {
  const slots: Slot[] = Array.from({ length: workers }, (_, index) => ({ index, busy: false }))
  slots[0].thread = first
  const jobs = new Set<Job>()
  let queue: Work[] = []
  let closed = false

  const end = (job: Job, reason?: unknown) => {
    if (!jobs.delete(job)) return
    job.stopListening()
    queue = queue.filter((work) => work.job !== job)
    if (reason === undefined) {
      job.resolve({ values: job.values, faults: job.faults.sort((a, b) => a.trial - b.trial) })
    } else {
      job.reject(reason)
    }
  }

  const perform = async (slot: Slot, { job, chunk }: Work) => {
    const { shape, seed } = chunk
    if (!slot.thread?.alive) slot.thread = await start()
    if (closed) return release(slot)
    const { values, faults, stopped } = await slot.thread.run(chunk, limitFor(shape))
    if (!jobs.has(job)) return
    job.values.set(values, chunk.from - job.from)
    job.faults.push(...faults)
    let done = values.length
    if (stopped) {
      const trial = chunk.from + done++
      job.faults.push({ ...stopped, ...shape, seed, trial })
      const rest = { ...chunk, from: trial + 1, trials: chunk.trials - done }
      if (rest.trials > 0) queue.unshift({ job, chunk: rest })
    }
    job.left -= done
    job.options.onTrials?.(job.values.length - job.left)
    if (job.left === 0) end(job)
  }

  const serve = async (slot: Slot) => {
    slot.busy = true
    for (;;) {
      const at = queue.findIndex(({ job }) => slot.index < job.threads)
      if (at < 0) break
      const [work] = queue.splice(at, 1)
      await perform(slot, work).catch((error) => end(work.job, error))
    }
    slot.busy = false
    // There is work so large that this thread's memory must go.
    if ([...jobs].some((job) => slot.index >= job.threads)) await release(slot)
  }

  const release = async (slot: Slot) => {
    const { thread } = slot
    slot.thread = undefined
    await thread?.close()
  }

  return {
    run(shape: Shape, seed: string, from: number, trials: number, options: RunOptions = {}) {
      return new Promise<TrialValues>((resolve, reject) => {
        const { signal } = options
        signal?.throwIfAborted()
        if (closed) throw new Error('the sampler is closed')
        const threads = threadsFor(shape)
        const values = new Float64Array(trials)
        const abort = () => end(job, signal?.reason)
        const stopListening = () => signal?.removeEventListener('abort', abort)
        const job: Job = {
          values,
          faults: [],
          from,
          threads,
          options,
          left: trials,
          stopListening,
          resolve,
          reject,
        }
        signal?.addEventListener('abort', abort)
        jobs.add(job)
        const size = Math.min(LARGEST_CHUNK, Math.ceil(trials / (threads * CHUNKS_PER_WORKER)))
        for (let t = 0; t < trials; t += size) {
          const chunk = { shape, seed, from: from + t, trials: Math.min(size, trials - t) }
          queue.push({ job, chunk })
        }
        if (trials === 0) end(job)
        for (const slot of slots) if (!slot.busy) serve(slot)
      })
    },
    async close() {
      closed = true
      for (const job of jobs) end(job, new Error('the sampler was closed'))
      await Promise.all(slots.map(release))
    },
  }
}
