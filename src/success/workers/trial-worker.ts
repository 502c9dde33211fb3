import { parentPort, workerData } from 'node:worker_threads'
import type { PreparedRows } from '../../codes/model/prepared-rows.js'
import { countsIn, setCounts } from '../trials/recovery.js'
import { localSampler } from './local-sampler.js'
import type { WorkerReply, WorkerSetup, WorkerTask } from './worker-messages.js'

// The thread of `trialThread`: runs the trials of one built-in decoder that it is sent.

const port = parentPort!
const say = (reply: WorkerReply) => port.postMessage(reply)
const { decoder, method, ties, model } = workerData as WorkerSetup
let rows: PreparedRows
const opening = open()
opening.catch(() => {})

/** What reads files is loaded for a dictionary in a file alone: it takes longer than all else. */
async function open() {
  if (typeof model?.dictionary !== 'object') return localSampler(decoder, { method, ties, model })
  const { givenModel } = await import('../../codes/model/open-model.js')
  const over = givenModel(model, () => rows)
  return localSampler(decoder, { method, ties, model }, over)
}

port.on('message', async (task: WorkerTask | null) => {
  if (!task) process.exit()
  const { shape, seed, from, trials, counts, values, given } = task
  try {
    if (given) rows = (await import('../../codes/model/prepared-rows.js')).rowsFrom(given)
    const run = await (await opening).run(shape, seed, from, trials, { counts })
    new Float64Array(values).set(run.values)
    if (counts) setCounts(countsIn(values, trials), run.counts, 0)
    if (run.faults.length > 0) say({ kind: 'faults', faults: run.faults })
    say({ kind: 'done' })
  } catch (error) {
    const { name, message } = error as Error
    say({ kind: 'failed', name, message })
  }
})
