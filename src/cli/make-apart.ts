import { Worker } from 'node:worker_threads'
import type { TaskContext } from '../success/estimation/run-tasks.js'

/** A figure or a table that is made whole, and what it is made with. */
export interface ToMake {
  readonly kind: 'figure' | 'table'
  readonly id: string
  readonly seed: string
  readonly workers?: number | undefined
  readonly queue?: string | undefined
}

/** What a stopped thread has to leave a queue in order, in milliseconds. */
const GRACE = 250

/** Make it in a thread of its own: between its laws and codes this one would not hear Ctrl-C for seconds. */
export async function makeApart<T>(
  { kind, id, seed, workers, queue }: ToMake,
  { signal, onProgress }: Required<Pick<TaskContext, 'onProgress'>> & { readonly signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted()
  const order: ToMake = { kind, id, seed, workers, queue }
  const thread = new Worker(new URL('./maker-thread.js', import.meta.url), { workerData: order })
  const stop = () => {
    thread.postMessage('stop')
    setTimeout(() => thread.terminate(), GRACE).unref()
  }
  signal.addEventListener('abort', stop, { once: true })
  const made = new Promise<T>((resolve, reject) => {
    thread.on('message', (message: { readonly done: number } | { readonly made: T }) => {
      if ('made' in message) resolve(message.made)
      else onProgress(message.done)
    })
    thread.on('error', (error) => reject(signal.aborted ? signal.reason : error))
    thread.on('exit', () => reject(signal.reason ?? new Error(`the thread of ${kind} ${id} ended`)))
  })
  return made.finally(() => signal.removeEventListener('abort', stop))
}
