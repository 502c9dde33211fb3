import { setTimeout } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { startRedis } from '../../bench/redis-server.js'
import type { Shape } from '../codes/model.js'
import { queueAddress } from '../success/queue/address.js'
import { DictionaryShelf } from '../success/queue/dictionary-shelf.js'
import { serve } from '../success/queue/serve.js'
import { builtInRevision } from '../success/workers/built-in-revision.js'
import { openElsewhere, openSampler } from '../success/workers/open-sampler.js'

/** What a worker of a test may do, and the files of dictionaries that it has. */
export interface TestWorker {
  readonly allowed: readonly string[]
  readonly files?: readonly string[]
}

/** A queue of a test's own, with workers. */
export type TestQueue = Awaited<ReturnType<typeof testQueue>>

/** Start a server that wants a password, and one worker. */
export async function testQueue(first: TestWorker, password = 'a-secret') {
  const server = await startRedis({ password })
  const redis = new Redis(server.url, { maxRetriesPerRequest: null })
  const running: { readonly stop: AbortController; readonly done: Promise<void> }[] = []

  /** Start a worker. @returns the lines that it says */
  async function addWorker({ allowed, files = [] }: TestWorker): Promise<string[]> {
    const shelf = await DictionaryShelf.of(files)
    const [stop, said]: [AbortController, string[]] = [new AbortController(), []]
    const done = serve({
      address: queueAddress(server.url),
      version: builtInRevision(),
      threads: 2,
      allowed,
      dictionaries: shelf.files,
      memory: 2 ** 30,
      open: async (source, { mutant: _, ...options }) =>
        openElsewhere(source, { ...options, opened: await shelf.opened(options.model), workers: 1 }),
      say: (line) => said.push(line),
      signal: stop.signal,
    })
    running.push({ stop, done })
    await until(() => said.length > 0)
    return said
  }

  return {
    url: server.url,
    password,
    redis,
    /** Lines of the first worker. */
    said: await addWorker(first),
    addWorker,
    async close() {
      for (const { stop } of running) stop.abort()
      await Promise.all(running.map(({ done }) => done))
      redis.disconnect()
      await server.stop()
    },
  }
}

/** Wait until a step says yes, for half a minute at most. */
export async function until(step: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await step()) && tries < 600; tries++) await setTimeout(50)
}

export const queueShape = { N: 256, k: 6, d: 60 }

/** Values and faults of one run, by the queue and by threads. */
export async function byBoth(
  queue: string,
  decoder: string,
  options: Parameters<typeof openSampler>[1] = {},
  trials = 120,
  shape: Shape = queueShape,
) {
  const results = []
  for (const where of [{ queue }, {}]) {
    const sampler = await openSampler(decoder, { workers: 1, ...options, ...where })
    try {
      const ran = await sampler.run(shape, 'queue', 5, trials, { counts: options.method !== 'conditional' })
      results.push({ ...ran, values: Array.from(ran.values), revision: sampler.revision?.() })
    } finally {
      await sampler.close()
    }
  }
  return results
}
