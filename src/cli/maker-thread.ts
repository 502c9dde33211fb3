import { parentPort, workerData } from 'node:worker_threads'
import type { ToMake } from './make-apart.js'
import { taskContext } from './task-options.js'

/** The thread of `makeApart`: it says how much is done, then what it has made; it stops at the first message. */
const { kind, id, seed, workers, queue } = workerData as ToMake
const options = { seed, ...(workers && { workers }), ...(queue !== undefined && { queue }) }
const port = parentPort!
const controller = new AbortController()
port.once('message', () => controller.abort())
const onProgress = (done: number) => port.postMessage({ done })
const context = { ...taskContext(options, controller.signal), onProgress }
const made = await (kind === 'figure' ? figure() : table())
port.postMessage({ made })
port.close()

async function figure() {
  const { figures } = await import('../figures/all-figures.js')
  return figures.find((maker) => maker.id === id)!.make(context)
}

async function table() {
  const { tables } = await import('../leaderboard/tables.js')
  return tables[id].make(context)
}
