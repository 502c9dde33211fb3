import { setTimeout } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { firstLine } from '../../io/first-line.js'
import { InputError } from '../../io/input-error.js'
import type { QueueAddress } from './address.js'

const FIRST_CONNECT_MS = 5000
/** Longest wait between two attempts to connect again. */
const RETRY_MS = 1000

/**
 * A connection that was made once, and is made again whenever it is lost: commands wait for it. Rejects with
 * InputError, in one line and without the password, where there is no server or it does not let one in.
 */
export async function connect(address: QueueAddress): Promise<Redis> {
  const { host, port, tls, username, password, db, shown } = address
  let made = false
  const redis = new Redis({
    host,
    port,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    lazyConnect: true,
    connectTimeout: FIRST_CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (made ? Math.min(100 * times, RETRY_MS) : null),
  })
  let reason: unknown
  redis.on('error', (error) => {
    reason = error
  })
  try {
    await redis.connect()
    await redis.ping()
    made = true
    return redis
  } catch (error) {
    redis.disconnect()
    throw new InputError(`cannot work with the queue at ${shown}: ${whyNot(reason ?? error)}`)
  }
}

/** Between two looks whether a server answers. */
const LOOK_MS = 1000

/** Resolves once a server has not answered for so long, or the connection is given up: commands wait for ever. */
export async function silent(redis: Redis, ms: number): Promise<void> {
  const answers = () =>
    redis.ping().then(
      () => true,
      () => false,
    )
  while (await Promise.race([answers(), setTimeout(ms, false, { ref: false })])) {
    await setTimeout(LOOK_MS, undefined, { ref: false })
  }
}

/** Waits for a step, so long at most: a connection that is closed while it is made again never says that it is. */
export async function noLongerThan(ms: number, step: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  try {
    await Promise.race([step, setTimeout(ms, undefined, { signal: over.signal })])
  } finally {
    over.abort()
  }
}

/** End a connection for good, and with it all commands that wait for it. */
export function end(redis: Redis): void {
  // One that is being made again ends where that fails once more: `disconnect` would leave its commands for ever.
  redis.options.retryStrategy = () => null
  if (redis.status === 'ready') redis.disconnect()
}

/** Says when a connection is lost, and when it is there again. */
export function sayWhetherThere(redis: Redis, say: (line: string) => void): void {
  let lost = false
  redis.on('close', () => {
    if (!lost) say('the connection to the queue is lost; it is made again')
    lost = true
  })
  redis.on('ready', () => {
    if (lost) say('the queue is there again')
    lost = false
  })
}

function whyNot(error: unknown): string {
  const line = firstLine(error)
  if (/NOAUTH|WRONGPASS|AUTH/.test(line)) return 'it wants another user or password'
  return line === '' ? 'there is no answer' : line
}
