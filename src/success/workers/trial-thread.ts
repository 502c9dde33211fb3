import { Worker } from 'node:worker_threads'
import type { SharedPreparation } from '../../codes/model/prepared-rows.js'
import type { Shape } from '../../codes/model.js'
import { firstLine } from '../../io/first-line.js'
import { InputError } from '../../io/input-error.js'
import { countsIn } from '../trials/recovery.js'
import type { ContractViolation } from '../trials/sampler.js'
import type { Chunk, ChunkEnd, TrialRunner } from '../trials/trial-runner.js'
import type { SamplerKind } from './local-sampler.js'
import type { WorkerReply, WorkerSetup, WorkerTask } from './worker-messages.js'

/** An idle thread that is told to end has this long to do so by itself. */
const FAREWELL_MS = 200

/** What threads share of a dictionary that is in a file; undefined for one that is drawn. */
export type SharedGiven = (shape: Shape, seed: string) => SharedPreparation | undefined

/**
 * Start a worker thread that runs trials of a built-in decoder. These are this package's own, and end: no watch is
 * kept over them, so that no value depends on how busy the machine is. What ends the thread is an error of the run.
 */
export function trialThread(
  decoder: string,
  kind: SamplerKind,
  given: SharedGiven = () => undefined,
): TrialRunner {
  const setup: WorkerSetup = { decoder, ...kind }
  const worker = new Worker(new URL('./trial-worker.js', import.meta.url), { workerData: setup })
  let [running, closing] = [false, false]
  let sent: SharedPreparation | undefined
  let alive = true
  const exit = endOf(worker, decoder)
  exit.then(() => {
    alive = false
  })
  // Its last message may come after it was told to end, whose end is waited for.
  const hold = () => (running || closing ? worker.ref() : worker.unref())
  hold()

  const listen = (chunk: Chunk, values: SharedArrayBuffer): Promise<ChunkEnd> =>
    new Promise((resolve, reject) => {
      const faults: ContractViolation[] = []
      const finish = (act: () => void) => {
        worker.off('message', onReply)
        running = false
        hold()
        act()
      }
      const onReply = (reply: WorkerReply) => {
        if (reply.kind === 'faults') faults.push(...reply.faults)
        else if (reply.kind === 'failed') finish(() => reject(asError(reply)))
        else finish(() => resolve(ended(values, chunk, faults)))
      }
      running = true
      hold()
      worker.on('message', onReply)
      exit.then((death) => finish(() => reject(death)))
      const shared = given(chunk.shape, chunk.seed)
      const task: WorkerTask = { ...chunk, values, ...(shared !== sent && { given: shared }) }
      sent = shared
      worker.postMessage(task)
    })

  return {
    decoder,
    get alive() {
      return alive
    },
    run: (chunk) => listen(chunk, new SharedArrayBuffer((chunk.counts ? 32 : 8) * chunk.trials)),
    async close() {
      closing = true
      hold()
      worker.postMessage(null)
      const timer = setTimeout(() => worker.terminate(), running ? 0 : FAREWELL_MS)
      await exit
      clearTimeout(timer)
    },
  }
}

/** Resolves with what ended the thread. */
function endOf(worker: Worker, decoder: string): Promise<Error> {
  return new Promise((resolve) => {
    let death: Error | undefined
    worker.on('error', (error) => {
      death ??= new Error(`a thread of ${decoder} ended: ${firstLine(error)}`)
    })
    worker.once('exit', (code) => {
      resolve(death ?? new Error(`a thread of ${decoder} ended with exit code ${code}`))
    })
  })
}

function ended(memory: SharedArrayBuffer, { trials, counts }: Chunk, faults: ContractViolation[]): ChunkEnd {
  const values = new Float64Array(memory, 0, trials)
  return { values, ...(counts && { counts: countsIn(memory, trials) }), faults }
}

/** An error that was thrown in another thread. */
function asError({ name, message }: { name: string; message: string }): Error {
  if (name === 'InputError') return new InputError(message)
  return name === 'RangeError' ? new RangeError(message) : new Error(message)
}
