import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { type Kernels, TURN, takeShares } from './board.js'
import { instanceOf } from './kernel.js'

const board = workerData as Int32Array
const stores = new Map<number, Kernels>()

/** The kernels of a store, which was sent before any of its passes. */
function kernelsOf(store: number): Kernels {
  while (!stores.has(store)) {
    const { message } = receiveMessageOnPort(parentPort!)!
    stores.set(message.store, instanceOf(message.memory)!)
  }
  return stores.get(store)!
}

parentPort!.postMessage('ready')
for (let turn = 0; ; turn = Atomics.load(board, TURN)) {
  Atomics.wait(board, TURN, turn)
  takeShares(board, kernelsOf)
}
