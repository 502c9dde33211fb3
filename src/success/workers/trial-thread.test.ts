import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** A thread whose last message comes when it has been told to end already, as on a busy machine. */
const late = `
import { Worker } from 'node:worker_threads'
const { terminate } = Worker.prototype
Worker.prototype.terminate = function () {
  const ended = terminate.call(this)
  this.emit('message', { kind: 'done' })
  return ended
}
const { trialThread } = await import(${JSON.stringify(new URL('./trial-thread.js', import.meta.url))})
const thread = trialThread('top-k', { method: 'simulation' })
thread.run({ shape: { N: 4096, k: 4, d: 400 }, seed: '1', from: 0, trials: 1e4 })
await thread.close()
console.log('closed')`

test('a thread that is closed keeps the process alive until it has ended, whatever it says last', () => {
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', late], {
    encoding: 'utf8',
  })
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'closed\n' })
})
