import { parentPort, workerData } from 'node:worker_threads'
import { localSampler } from './local-sampler.js'
import type { WorkerReply, WorkerSetup, WorkerTask } from './worker-messages.js'

// The worker of `openSampler`: loads one decoder, says so, and runs the trials that it is sent.

const port = parentPort!
const say = (report: WorkerReply) => port.postMessage(report)
const fail = ({ name, message }: Error) => say({ kind: 'failed', name, message })

const { source, method, position } = workerData as WorkerSetup
const at = new Int32Array(position)

try {
  const sampler = await localSampler(source, method)

  port.on('message', async (task: WorkerTask | null) => {
    if (!task) process.exit()
    const { shape, seed, from, trials, values } = task
    const out = new Float64Array(values)
    try {
      for (let t = 0; t < trials; t++) {
        Atomics.store(at, 0, t)
        const one = await sampler.run(shape, seed, from + t, 1)
        out[t] = one.values[0]
        if (one.faults.length > 0) say({ kind: 'faults', faults: one.faults })
      }
      say({ kind: 'done' })
    } catch (error) {
      fail(error as Error)
    }
  })
  say({ kind: 'ready', decoder: sampler.decoder })
} catch (error) {
  fail(error as Error)
}
