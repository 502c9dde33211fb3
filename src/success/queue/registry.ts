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
 * The queue of jobs that take so much of a worker: those of another version are in another, and so are those of each
 * decoder of a user's and over each file's dictionary, by SHA-256. A worker fetches from those that it may serve.
 */
export const queueName = (version: string, { decoder, dictionary }: Requested): string =>
  [
    version.replace(/[^\w.-]/g, '_'),
    decoder.kind === 'built-in' ? decoder.kind : decoder.sha256,
    ...(dictionary === undefined ? [] : [dictionary]),
  ].join('.')

/** Seconds that one who is there is believed to be, and between two signs of life. */
const LIFE_S = 20
export const SIGN_MS = 5000

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const requestedSchema = z.strictObject({
  decoder: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('built-in') }),
    z.strictObject({ kind: z.enum(['file', 'command']), sha256 }),
  ]),
  dictionary: sha256.exactOptional(),
})
const memberSchema = z.strictObject({
  id: z.string().max(200),
  version: z.string().max(100),
  threads: z.int().min(0).max(4096).default(0),
  allowed: z.array(z.string().max(64)).max(1000).default([]),
  dictionaries: z.array(sha256).max(1000).default([]),
  needs: z.array(requestedSchema).max(1000).default([]),
})

/** A process that is at the queue: a worker, or a client whose runs wait for workers. */
export interface Member {
  readonly id: string
  readonly version: string
  /** Jobs that a worker works on at a time. */
  readonly threads: number
  /** Decoders that a worker may run. */
  readonly allowed: Allowed
  /** SHA-256 of the files of dictionaries that a worker has. */
  readonly dictionaries: readonly string[]
  /** What a client's jobs take of a worker. */
  readonly needs: readonly Requested[]
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

/** A process in one of these lists, as long as it gives signs of life. */
export class Presence {
  readonly #redis: Redis
  readonly #list: string
  #text: string | undefined

  constructor(redis: Redis, list: string) {
    this.#redis = redis
    this.#list = list
  }

  async sign(member: Partial<Member> & Pick<Member, 'id' | 'version'>): Promise<void> {
    const text = JSON.stringify(member)
    if (text !== this.#text) await this.signOff()
    this.#text = text
    await this.#redis.eval(SIGN, 1, this.#list, text, LIFE_S)
  }

  async signOff(): Promise<void> {
    if (this.#text !== undefined) await this.#redis.zrem(this.#list, this.#text)
  }
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
