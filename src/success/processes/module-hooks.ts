import type { InitializeHook, LoadHook } from 'node:module'
import type { MessagePort } from 'node:worker_threads'

// Runs in the thread of the module loader: tells of every module that is loaded.

let port: MessagePort

export const initialize: InitializeHook<{ port: MessagePort }> = (data) => {
  port = data.port
}

export const load: LoadHook = (url, context, nextLoad) => {
  port.postMessage(url)
  return nextLoad(url, context)
}
