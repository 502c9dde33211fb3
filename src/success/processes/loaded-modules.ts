import { createRequire, register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'

/** Where this package's own modules are. */
const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Watch which files are loaded as modules from now on. The result gives those of the user's that it has not given
 * before.
 */
export function watchModules(): () => string[] {
  const { port1, port2 } = new MessageChannel()
  register('./module-hooks.js', {
    parentURL: import.meta.url,
    data: { port: port2 },
    transferList: [port2],
  })
  port1.unref()
  const { cache } = createRequire(import.meta.url)
  const told = new Set<string>()
  return () => {
    const paths = Object.keys(cache)
    for (let message = receiveMessageOnPort(port1); message; message = receiveMessageOnPort(port1)) {
      if (String(message.message).startsWith('file:')) paths.push(fileURLToPath(String(message.message)))
    }
    const fresh = paths.filter((path) => !told.has(path) && !path.startsWith(PACKAGE))
    for (const path of fresh) told.add(path)
    return [...new Set(fresh)]
  }
}
