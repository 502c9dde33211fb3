import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { type ChunkJob, keysOf, type Order } from './chunk-job.js'
import { type ChunkResult, parseResult } from './chunk-result.js'
import { failureOf } from './failure.js'
import { keys } from './registry.js'

/** Jobs that are sent at a time, and those looked after at a time. */
const [AT_A_TIME, LOOKED_AFTER] = [250, 1000]
/** Times that a job is given to workers which one fails at, or gives a result that is none. */
const MOST_TRIES = 3

/** A run that waits for jobs. */
export interface Customer {
  readonly order: Order
  /** The result of its job has come. */
  come(job: ChunkJob, result: ChunkResult): void
  /** One of its jobs cannot be done. */
  fail(error: unknown): void
}

/** A job that a run waits for: there may be very many. */
interface Waiter {
  readonly customer: Customer
  readonly from: number
  readonly trials: number
}

const jobOf = ({ customer: { order }, from, trials }: Waiter): ChunkJob => ({ ...order, from, trials })

/** A job that is waited for: by several, where they ask for the same trials. */
interface Wanted {
  readonly key: string
  readonly queue: Queue
  waiters: readonly Waiter[]
  failures: number
}

/**
 * The jobs that this process waits for. What is lost on the way, with the server or in a burst of events, is found
 * missing and sent again: a job may be computed twice, and counts once.
 */
export class JobBoard {
  readonly #redis: Redis
  readonly #keys = new WeakMap<Order, ReturnType<typeof keysOf>>()
  readonly #wanted = new Map<string, Wanted>()
  readonly #toSend = new Set<string>()
  readonly #toCollect = new Set<string>()
  #onSent: (() => void)[] = []
  #flushing = false
  #looked = 0

  constructor(redis: Redis) {
    this.#redis = redis
  }

  /** A job that is waited for; undefined where there is none. */
  get some(): Order | undefined {
    const [first] = this.#wanted.values()
    return first?.waiters[0].customer.order
  }

  want(queue: Queue, customer: Customer, from: number, trials: number): void {
    const waiter = { customer, from, trials }
    const key = this.#keyOf(customer.order, from, trials)
    const known = this.#wanted.get(key)
    if (known) {
      known.waiters = [...known.waiters, waiter]
      return
    }
    this.#wanted.set(key, { key, queue, waiters: [waiter], failures: 0 })
    this.#toSend.add(key)
    this.#flushSoon()
  }

  #keyOf(order: Order, from: number, trials: number): string {
    const keyOf = this.#keys.get(order) ?? keysOf(order)
    this.#keys.set(order, keyOf)
    return keyOf(from, trials)
  }

  /** Resolves once all jobs are sent. */
  sent(): Promise<void> {
    return this.#flushing ? new Promise((resolve) => this.#onSent.push(resolve)) : Promise.resolve()
  }

  /** Nobody in this run waits any longer. @returns the jobs that nobody waits for now */
  forget(run: string): Pick<Wanted, 'key' | 'queue'>[] {
    const left: Wanted[] = []
    for (const wanted of this.#wanted.values()) {
      wanted.waiters = wanted.waiters.filter(({ customer }) => customer.order.run !== run)
      if (wanted.waiters.length === 0) left.push(wanted)
    }
    for (const { key } of left) this.#wanted.delete(key)
    return left.slice(0, LOOKED_AFTER)
  }

  /** A job is done, whether with a result or without. */
  done(key: string): void {
    if (!this.#wanted.has(key)) return
    this.#toCollect.add(key)
    this.#flushSoon()
  }

  failed(key: string, reason: string): void {
    const wanted = this.#wanted.get(key)
    if (!wanted) return
    const { error, final, elsewhere } = failureOf(reason, jobOf(wanted.waiters[0]))
    if (elsewhere) this.#sendAgain(wanted)
    else this.#tryAgain(wanted, error, final)
  }

  /** Look for jobs that were lost, some at a time. */
  async lookAfter(): Promise<void> {
    const all = [...this.#wanted.values()]
    if (this.#looked >= all.length) this.#looked = 0
    const some = all.slice(this.#looked, this.#looked + LOOKED_AFTER)
    this.#looked += LOOKED_AFTER
    if (some.length === 0) return
    const pipeline = this.#redis.pipeline()
    for (const { key, queue } of some) pipeline.exists(queue.toKey(key))
    const replies = (await pipeline.exec()) ?? []
    some.forEach(({ key }, i) => {
      if (replies[i]?.[1] === 0) this.done(key)
    })
  }

  rejectAll(error: Error): void {
    for (const { waiters } of this.#wanted.values()) for (const { customer } of waiters) customer.fail(error)
    this.#wanted.clear()
  }

  #sendAgain({ key }: Wanted): void {
    this.#toSend.add(key)
    this.#flushSoon()
  }

  #tryAgain(wanted: Wanted, error: unknown, final: boolean): void {
    if (!final && ++wanted.failures < MOST_TRIES) {
      this.#sendAgain(wanted)
      return
    }
    this.#wanted.delete(wanted.key)
    for (const { customer } of wanted.waiters) customer.fail(error)
  }

  #flushSoon(): void {
    if (this.#flushing) return
    this.#flushing = true
    setImmediate(async () => {
      // What is in hand as a step fails is found missing later.
      while (this.#toSend.size + this.#toCollect.size > 0) {
        await this.#collect(taken(this.#toCollect)).catch(() => {})
        await this.#send(taken(this.#toSend)).catch(() => {})
      }
      this.#flushing = false
      for (const resolve of this.#onSent.splice(0)) resolve()
    })
  }

  /** Take the results that are there; a job without one was dropped, or its result went to another process. */
  async #collect(given: readonly string[]): Promise<void> {
    const found = await this.#results(given)
    for (const [key, text] of found) {
      if (text === undefined) this.#toSend.add(key)
      else this.#take(key, text)
    }
  }

  /** Send jobs, but for those whose result is there already, as a run that was interrupted left it. */
  async #send(given: readonly string[]): Promise<void> {
    const found = await this.#results(given)
    const missing: Wanted[] = []
    for (const [key, text] of found) {
      const wanted = this.#wanted.get(key)
      if (text !== undefined) this.#take(key, text)
      else if (wanted) missing.push(wanted)
    }
    for (const queue of new Set(missing.map((wanted) => wanted.queue))) {
      const jobs = missing.filter((wanted) => wanted.queue === queue)
      await queue.addBulk(
        jobs.map(({ key, waiters }) => ({
          name: 'trials',
          data: jobOf(waiters[0]),
          opts: { jobId: key, removeOnComplete: true, removeOnFail: true },
        })),
      )
    }
  }

  async #results(given: readonly string[]): Promise<[key: string, text: string | undefined][]> {
    const asked = given.filter((key) => this.#wanted.has(key))
    if (asked.length === 0) return []
    const pipeline = this.#redis.pipeline()
    for (const key of asked) pipeline.getdel(keys.result(key))
    const replies = (await pipeline.exec()) ?? []
    return asked.map((key, i) => {
      const text = replies[i]?.[1]
      return [key, typeof text === 'string' ? text : undefined]
    })
  }

  #take(key: string, text: string): void {
    const wanted = this.#wanted.get(key)
    if (!wanted) return
    try {
      const result = parseResult(text, jobOf(wanted.waiters[0]))
      this.#wanted.delete(key)
      for (const waiter of wanted.waiters) waiter.customer.come(jobOf(waiter), result)
    } catch (error) {
      this.#tryAgain(wanted, error, false)
    }
  }
}

/** The first of a set, which are taken out of it. */
function taken(keys: Set<string>): string[] {
  const some: string[] = []
  for (const key of keys) {
    if (some.length === AT_A_TIME) break
    some.push(key)
  }
  for (const key of some) keys.delete(key)
  return some
}
