import type { Redis } from 'ioredis'
import { z } from 'zod'
import { type Allowed, allows, type Requested } from './allowed.js'

/** What BullMQ's keys begin with, and ours beside them. */
export const PREFIX = 'dims-per-bit'
export const keys = {
  workers: `${PREFIX}:workers`,
  clients: `${PREFIX}:clients`,
  run: (run: string) => `${PREFIX}:run:${run}`,
  files: (sha256: string) => `${PREFIX}:files:${sha256}`,
  result: (key: string) => `${PREFIX}:result:${key}`,
}

/**
 * The queue of built-in decoders, and that of decoders of the user's: jobs of another version are in another, and so
 * are those over a file's dictionary, by its SHA-256.
 */
export const queueName = (version: string, own: boolean, dictionary?: string): string =>
  [version.replace(/[^\w.-]/g, '_'), own ? 'own' : 'built-in', ...(dictionary ? [dictionary] : [])].join('.')

/** Seconds that one who is there is believed to be, and between two signs of life. */
const LIFE_S = 20
export const SIGN_MS = 5000

const memberSchema = z.strictObject({
  id: z.string().max(200),
  version: z.string().max(100),
  threads: z.int().min(0).max(4096),
  allowed: z.array(z.string().max(64)).max(1000),
  dictionaries: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(1000)
    .default([]),
})

/** A worker, or a run that waits for workers. */
export interface Member {
  readonly id: string
  readonly version: string
  /** Jobs that it works on at a time. */
  readonly threads: number
  readonly allowed: Allowed
  /** SHA-256 of the files of dictionaries that a worker has, or that a run needs. */
  readonly dictionaries: readonly string[]
}

/** Whether such a worker takes a job. */
export const takes = ({ allowed, dictionaries }: Member, { decoder, dictionary }: Requested): boolean =>
  allows(allowed, decoder) && (dictionary === undefined || dictionaries.includes(dictionary))

// The clocks of machines differ: the server's counts.
const SIGN = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
return redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)`
const THERE = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', tonumber(redis.call('TIME')[1]))
return redis.call('ZRANGE', KEYS[1], 0, 9999)`

/** Give a sign of life in this list. */
export const sign = async (redis: Redis, list: string, member: Member): Promise<void> => {
  await redis.eval(SIGN, 1, list, JSON.stringify(member), LIFE_S)
}

export const signOff = async (redis: Redis, list: string, member: Member): Promise<void> => {
  await redis.zrem(list, JSON.stringify(member))
}

/** Who is in this list. What is no member is passed over. */
export async function membersOf(redis: Redis, list: string): Promise<Member[]> {
  const texts = (await redis.eval(THERE, 1, list)) as string[]
  return texts.flatMap((text) => {
    try {
      const found = memberSchema.safeParse(JSON.parse(text))
      return found.success ? [found.data] : []
    } catch {
      return []
    }
  })
}
