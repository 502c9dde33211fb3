import { Worker } from 'node:worker_threads'
import { InputError } from '../codes/input-error.js'
import type { DecoderSource } from './decoder-source.js'
import { firstLine } from './load.js'
import type { Complaint, Fault, Method } from './sampler.js'
import type { Chunk, Report, WorkerSetup, WorkerTask } from './worker-messages.js'

/** How a chunk ended: values and faults of its first trials, and what stopped it if they are not all of them. */
export interface ChunkEnd {
  readonly values: Float64Array
  readonly faults: readonly Fault[]
  /** What the trial after the last of the values did to the thread. */
  readonly stopped?: Complaint
}

/** A worker thread with a decoder loaded. */
export interface TrialThread {
  readonly decoder: string
  readonly alive: boolean
  /** Run trials, one chunk at a time. A trial that takes longer than the limit ends the thread. */
  run(chunk: Chunk, limitMs: number): Promise<ChunkEnd>
  close(): Promise<void>
}

/** Most that a decoder's file may take to load. */
const LOAD_LIMIT_MS = 60_000

/** A time limit is so many looks at the thread's position. */
const TICKS = 20
const LONGEST_TICK_MS = 2 ** 31 - 1
/** An idle thread that is told to end has this long to do so by itself. */
const FAREWELL_MS = 200

/** Start a thread and load the decoder in it. Rejects with InputError when that cannot be done. */
export async function trialThread(
  source: DecoderSource,
  method: Method,
  heapMiB: number,
): Promise<TrialThread> {
  const position = new SharedArrayBuffer(4)
  const at = new Int32Array(position)
  const workerData: WorkerSetup = { source, method, position }
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  })
  // What a decoder prints must not get into this process's standard output.
  worker.stdout.on('data', (text) => process.stderr.write(text))
  let running = false
  let death: Complaint | undefined
  worker.on('error', (error) => {
    death ??= { kind: 'crash', message: `ended its thread: ${firstLine(error)}` }
  })
  const exit = new Promise<Complaint>((resolve) => {
    worker.once('exit', (code) => {
      death ??= { kind: 'crash', message: `ended its thread with exit code ${code}` }
      resolve(death)
    })
  })

  /** Listen until a report is an end, the thread dies, or its position stands still for too long. */
  const listen = <T>(limitMs: number, end: (report: Report) => T | undefined): Promise<T | Complaint> =>
    new Promise((resolve) => {
      let last = Atomics.load(at, 0)
      let still = 0
      // Ticks are counted, not time: this thread may have been busy or the machine asleep.
      const timer = setInterval(
        () => {
          const now = Atomics.load(at, 0)
          still = now === last ? still + 1 : 0
          last = now
          if (still <= TICKS) return
          death ??= { kind: 'hang', message: `did not answer within ${(limitMs / 1000).toPrecision(3)} s` }
          worker.terminate()
        },
        Math.min(limitMs / TICKS, LONGEST_TICK_MS),
      )
      const finish = (outcome: T | Complaint) => {
        clearInterval(timer)
        worker.off('message', onReport)
        worker.unref()
        resolve(outcome)
      }
      const onReport = (report: Report) => {
        const outcome = end(report)
        if (outcome !== undefined) finish(outcome)
      }
      worker.ref()
      worker.on('message', onReport)
      exit.then(finish)
    })

  const first = await listen(LOAD_LIMIT_MS, (report) => report)
  if (first.kind !== 'ready') {
    worker.terminate()
    if (first.kind === 'failed') throw asError(first)
    const name = source.kind === 'file' ? source.path : source.name
    throw new InputError(`'${name}' cannot be loaded: it ${(first as Complaint).message}`)
  }

  return {
    decoder: first.decoder,
    get alive() {
      return death === undefined
    },
    async run(chunk, limitMs) {
      const shared = new SharedArrayBuffer(8 * chunk.trials)
      const values = new Float64Array(shared)
      const faults: Fault[] = []
      Atomics.store(at, 0, -1)
      running = true
      const task: WorkerTask = { ...chunk, values: shared }
      worker.postMessage(task)
      const outcome = await listen(limitMs, (report) => {
        if (report.kind === 'faults') faults.push(...report.faults)
        return report.kind === 'faults' ? undefined : report
      })
      running = false
      if (outcome.kind === 'done') return { values, faults }
      if (outcome.kind === 'failed') throw asError(outcome)
      const done = Math.max(0, Atomics.load(at, 0))
      return { values: values.subarray(0, done), faults, stopped: outcome as Complaint }
    },
    async close() {
      worker.postMessage(null)
      const timer = setTimeout(() => worker.terminate(), running ? 0 : FAREWELL_MS)
      await exit
      clearTimeout(timer)
    },
  }
}

/** An error that was thrown in another thread. */
function asError({ name, message }: { name: string; message: string }): Error {
  if (name === 'InputError') return new InputError(message)
  return name === 'RangeError' ? new RangeError(message) : new Error(message)
}
