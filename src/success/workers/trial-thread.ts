import type { ContractViolation, Method, Violation } from '../trials/sampler.js'
import type { DecoderSource } from './decoder-source.js'
import { decoderThread, type Stop } from './decoder-thread.js'
import type { Chunk, WorkerReply, WorkerTask } from './worker-messages.js'

/** How a chunk ended: values and faults of its first trials, and what stopped it if they are not all of them. */
export interface ChunkEnd {
  readonly values: Float64Array
  readonly faults: readonly ContractViolation[]
  /** What the trial after the last of the values did to the thread. */
  readonly stopped?: Violation
}

/** A worker thread that runs trials of a decoder. */
export interface TrialThread {
  readonly decoder: string
  readonly alive: boolean
  /** Run trials, one chunk at a time. A trial that takes longer than the limit ends the thread. */
  run(chunk: Chunk, limitMs: number): Promise<ChunkEnd>
  close(): Promise<void>
}

/** Start a thread and load the decoder in it. Rejects with InputError when that cannot be done. */
export async function trialThread(
  source: DecoderSource,
  method: Method,
  heapMiB: number,
): Promise<TrialThread> {
  const script = new URL('./trial-worker.js', import.meta.url)
  const thread = await decoderThread<WorkerReply>(script, source, { method }, heapMiB)
  return {
    decoder: thread.decoder,
    get alive() {
      return thread.alive
    },
    async run(chunk, limitMs) {
      const shared = new SharedArrayBuffer(8 * chunk.trials)
      const values = new Float64Array(shared)
      const faults: ContractViolation[] = []
      Atomics.store(thread.position, 0, -1)
      const task: WorkerTask = { ...chunk, values: shared }
      const outcome: Stop | object = await thread.ask(task, limitMs, (report) => {
        if (report.kind === 'faults') faults.push(...report.faults)
        return report.kind === 'done' ? report : undefined
      })
      if (!('stopped' in outcome)) return { values, faults }
      const done = Math.max(0, Atomics.load(thread.position, 0))
      return { values: values.subarray(0, done), faults, stopped: outcome.stopped }
    },
    close: () => thread.close(),
  }
}
