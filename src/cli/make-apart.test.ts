import { Worker } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { makeApart } from './make-apart.js'

test('Ctrl-C stops a thread, ends it a moment later whatever it computes, and starts none', async () => {
  const ended = vi.spyOn(Worker.prototype, 'terminate')
  const controller = new AbortController()
  const { signal } = controller
  let begin = () => {}
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const make = () => makeApart({ kind: 'figure', id: '4', seed: '1' }, { signal, onProgress: () => begin() })
  const figure = make()
  await begun
  const reason = new Error('stopped')
  controller.abort(reason)
  await expect(figure).rejects.toBe(reason)
  await expect(make()).rejects.toBe(reason)
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), { timeout: 10_000 })
  ended.mockRestore()
})

test('an error of the thread is told', async () => {
  const { signal } = new AbortController()
  const never = makeApart({ kind: 'table', id: 'none', seed: '1' }, { signal, onProgress: () => {} })
  await expect(never).rejects.toThrow(/undefined/)
})
