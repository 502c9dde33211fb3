import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { Queue, QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { InputError } from '../../io/input-error.js'
import { warn } from '../../io/text/terminal.js'
import type { QueueAddress } from './address.js'
import { allows, type Requested, wordFor } from './allowed.js'
import { askedOf, LARGEST_JOB, type Order } from './chunk-job.js'
import { connect, end, noLongerThan, sayWhetherThere, silent } from './connection.js'
import { type Customer, JobBoard } from './job-board.js'
import { keys, type Member, membersOf, PREFIX, Presence, queueName, SIGN_MS, takes } from './registry.js'

/** A run whose server does not answer for so long is ended. */
const GONE_MS = 600_000
/** What closing may take. */
const LEAVE_MS = 2000
/** Seconds that a run lives without a sign of it: its jobs are dropped then. */
const RUN_S = 30
/** Seconds that the files of a decoder stay after the last sign of a run that needs them. */
const FILES_S = 3600
/** Seconds that what BullMQ keeps of a queue for good stays after the last sign of a client that uses it. */
const QUEUE_S = 3600
const KEPT_FOR_GOOD = ['meta', 'id', 'events']

/** The connection of this process to a queue: jobs go out, results come back. */
export class QueueClient {
  readonly address: QueueAddress
  readonly version: string
  readonly #redis: Redis
  readonly #board: JobBoard
  readonly #id = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`
  readonly #queues = new Map<string, Queue>()
  readonly #events = new Map<Queue, Promise<QueueEvents>>()
  readonly #presence: Presence
  readonly #runs = new Set<string>()
  /** What its runs take of a worker, once each. */
  readonly #needs = new Map<string, Requested>()
  readonly #files = new Set<string>()
  readonly #timer: NodeJS.Timeout
  #members: readonly Member[] = []
  #said = ''
  #alone = 0

  /** Rejects with InputError where there is no server, or it does not let one in. */
  static async open(address: QueueAddress, version: string, goneMs = GONE_MS): Promise<QueueClient> {
    const client = new QueueClient(address, version, await connect(address))
    await client.#tick()
    void silent(client.#redis, goneMs).then(() => client.#giveUp(goneMs))
    return client
  }

  private constructor(address: QueueAddress, version: string, redis: Redis) {
    this.address = address
    this.version = version
    this.#redis = redis
    this.#board = new JobBoard(redis)
    this.#presence = new Presence(redis, keys.clients)
    this.#timer = setInterval(() => void this.#tick().catch(() => {}), SIGN_MS)
    this.#timer.unref()
    sayWhetherThere(redis, warn)
  }

  /** Jobs that those workers work on at a time which take such ones. */
  threads(asked: Requested): number {
    const mine = this.#members.filter((member) => member.version === this.version && takes(member, asked))
    return mine.reduce((sum, { threads }) => sum + threads, 0)
  }

  /** A name for a run, whose jobs are computed as long as it lives. */
  async beginRun(asked: Requested): Promise<string> {
    const run = randomBytes(12).toString('hex')
    this.#runs.add(run)
    await this.#redis.set(keys.run(run), '1', 'EX', RUN_S)
    const need = JSON.stringify(asked)
    if (!this.#needs.has(need)) {
      this.#needs.set(need, asked)
      await this.#sign()
    }
    return run
  }

  /** End a run: what of its jobs nobody has begun is dropped. */
  async endRun(run: string): Promise<void> {
    this.#runs.delete(run)
    const left = this.#board.forget(run)
    // What the server is not told expires by itself.
    await this.#redis.del(keys.run(run)).catch(() => {})
    // What a worker has begun cannot be removed, and is dropped there.
    await Promise.all(left.map(({ key, queue }) => queue.remove(key).catch(() => {})))
  }

  /** Keep a decoder's files where workers find them, while this client lives. */
  async keepFiles(sha256: string, text: string): Promise<void> {
    if (this.#files.has(sha256)) return
    await this.#redis.set(keys.files(sha256), text, 'EX', FILES_S)
    this.#files.add(sha256)
  }

  /** Hear of results for such an order; throws InputError for one that cannot travel. */
  async hear(order: Order): Promise<void> {
    if (JSON.stringify(order).length > LARGEST_JOB - 100) {
      throw new InputError('a name or a seed is too long to travel to workers')
    }
    const queue = this.#queueOf(order)
    const heard = this.#events.get(queue) ?? this.#listen(queue)
    this.#events.set(queue, heard)
    await heard
  }

  /** Ask workers for trials from, …, from + trials − 1 of a customer's order, after `hear`. */
  ask(customer: Customer, from: number, trials: number): void {
    this.#board.want(this.#queueOf(customer.order), customer, from, trials)
  }

  /** Resolves once the jobs that were asked for are in the queue. */
  sent(): Promise<void> {
    return this.#board.sent()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    const quiet = () => {}
    await Promise.all([...this.#runs].map((run) => this.endRun(run).catch(quiet)))
    await this.#presence.signOff().catch(quiet)
    this.#board.rejectAll(new Error('the queue was closed'))
    const open = [...(await Promise.all(this.#events.values())), ...this.#queues.values()]
    await noLongerThan(LEAVE_MS, Promise.all(open.map((one) => one.close().catch(quiet))))
    this.#redis.removeAllListeners('close').disconnect()
  }

  /** Commands that wait for the server fail, and all that wait for jobs. */
  #giveUp(goneMs: number): void {
    const gone = `the queue at ${this.address.shown} has not answered for ${goneMs / 60_000} min`
    this.#board.rejectAll(new InputError(`${gone}; with --record the same call goes on from what has come`))
    end(this.#redis)
  }

  /** Be seen by workers, with what they must have to be of use. */
  #sign(): Promise<void> {
    return this.#presence.sign({ id: this.#id, version: this.version, needs: [...this.#needs.values()] })
  }

  #queueOf(order: Order): Queue {
    const name = queueName(this.version, askedOf(order))
    const known = this.#queues.get(name)
    if (known) return known
    const queue = new Queue(name, { connection: this.#redis, prefix: PREFIX, skipVersionCheck: true })
    this.#queues.set(name, queue)
    // What is heard by nobody is printed with its stack.
    queue.on('error', () => {})
    return queue
  }

  async #listen({ name }: Queue): Promise<QueueEvents> {
    const events = new QueueEvents(name, { connection: this.#redis, prefix: PREFIX, skipVersionCheck: true })
    // A lost connection is made again, and what was missed meanwhile is looked after.
    events.on('error', () => {})
    events.on('completed', ({ jobId }) => this.#board.done(jobId))
    events.on('failed', ({ jobId, failedReason }) => this.#board.failed(jobId, failedReason))
    await events.waitUntilReady()
    return events
  }

  /** Signs of life, who is there, and jobs that were lost. */
  async #tick(): Promise<void> {
    await this.#sign()
    const pipeline = this.#redis.pipeline()
    for (const run of this.#runs) pipeline.set(keys.run(run), '1', 'EX', RUN_S)
    for (const sha256 of this.#files) pipeline.expire(keys.files(sha256), FILES_S)
    for (const queue of this.#queues.values()) {
      for (const name of KEPT_FOR_GOOD) pipeline.expire(queue.toKey(name), QUEUE_S)
    }
    if (pipeline.length > 0) await pipeline.exec()
    this.#members = await membersOf(this.#redis, keys.workers)
    this.#sayWhetherAlone()
    await this.#board.lookAfter()
  }

  /** Say once, on standard error, that jobs wait and nobody takes them. */
  #sayWhetherAlone(): void {
    const order = this.#board.some
    const alone = order !== undefined && this.threads(askedOf(order)) === 0
    this.#alone = alone ? this.#alone + 1 : 0
    if (!alone || this.#alone < 2) return
    const why = this.#whyAlone(askedOf(order))
    if (why !== this.#said) warn(why)
    this.#said = why
  }

  #whyAlone({ decoder, dictionary }: Requested): string {
    const { shown } = this.address
    const mine = this.#members.filter(({ version }) => version === this.version)
    if (this.#members.length === 0) {
      return `no worker is at ${shown}; dpb worker --queue ${shown} starts one, and this run waits for it`
    }
    if (mine.length === 0) {
      const [{ version }] = this.#members
      return `the workers at ${shown} are of version ${version}, and take no job of this run's ${this.version}`
    }
    if (mine.some(({ allowed }) => allows(allowed, decoder))) {
      return (
        `no worker at ${shown} has the dictionary of SHA-256 ${dictionary?.slice(0, 16)}…; ` +
        'one does with --dictionary and that file'
      )
    }
    return `no worker at ${shown} may run this decoder; one does with --allow-decoders ${wordFor(decoder)}`
  }
}

const clients = new Map<string, { users: number; readonly client: Promise<QueueClient> }>()

/** The client of this process at an address, which its users share; `release` it after use. */
export async function sharedClient(
  address: QueueAddress,
  version: string,
): Promise<{ readonly client: QueueClient; release(): Promise<void> }> {
  const key = JSON.stringify([address, version])
  const entry = clients.get(key) ?? { users: 0, client: QueueClient.open(address, version) }
  clients.set(key, entry)
  entry.users++
  const release = async () => {
    if (--entry.users > 0) return
    clients.delete(key)
    await (await entry.client).close()
  }
  try {
    return { client: await entry.client, release }
  } catch (error) {
    clients.delete(key)
    throw error
  }
}
