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

function whyNot(error: unknown): string {
  const line = firstLine(error)
  if (/NOAUTH|WRONGPASS|AUTH/.test(line)) return 'it wants another user or password'
  return line === '' ? 'there is no answer' : line
}
