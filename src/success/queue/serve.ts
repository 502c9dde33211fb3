import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { type Job, UnrecoverableError } from 'bullmq'
import type { Redis } from 'ioredis'
import { firstLine } from '../../io/first-line.js'
import { messageText } from '../../io/text/visible.js'
import type { QueueAddress } from './address.js'
import { type Allowed, allows, type Requested, wordFor } from './allowed.js'
import { askedOf, type ChunkJob, jobKey, parseJob } from './chunk-job.js'
import { formatResult } from './chunk-result.js'
import { Computer, Elsewhere, type OpenLocal, Refused } from './compute-job.js'
import { connect, sayWhetherThere, silent } from './connection.js'
import { elsewhereText, failureText, isElsewhere, isRefusal, refusalText } from './failure.js'
import { GuardedWorker } from './guarded-worker.js'
import { keys, type Member, membersOf, Presence, queueName, SIGN_MS, takes } from './registry.js'
import { ServedQueues } from './served-queues.js'
import { Turns } from './turns.js'

/** How often a worker asks whether the run of a job still lives. */
const ALIVE_MS = 5000
/** How often it looks which runs there are. */
const LOOK_MS = 1000
/** A worker that is to stop waits so long for an answer of the server. */
const GONE_MS = 3000
/** Seconds that a result waits for its run. */
const RESULT_S = 600

export interface ServeOptions {
  readonly address: QueueAddress
  /** Of this package and its kernels: jobs of no other are taken. */
  readonly version: string
  /** Jobs at a time, each in a thread or process. */
  readonly threads: number
  readonly allowed: Allowed
  /** Files of dictionaries, by their SHA-256: over others no job is taken. */
  readonly dictionaries: ReadonlyMap<string, string>
  /** Bytes that the dictionaries of one thread may take. */
  readonly memory: number
  readonly open: OpenLocal
  /** Takes lines about what it does, in which nothing is unsafe to print. */
  say(line: string): void
  /** Stops it once the jobs in hand are done. */
  readonly signal: AbortSignal
}

/**
 * Take jobs from a queue and compute them, until the signal; connections may be left where the server is gone by then.
 * Rejects with InputError where there is no server.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { address, version, threads, allowed, say, signal } = options
  const redis = await connect(address)
  const id = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`
  const self = { id, version, threads, allowed, dictionaries: [...options.dictionaries.keys()], needs: [] }
  const server = new Server(redis, self, new Computer({ ...options, redis, worker: id }), say)
  const [signing, looking] = [() => server.sign(), () => server.look()].map(
    (step) => () => step().catch(() => {}),
  )
  await looking()
  await signing()
  const timers = [setInterval(signing, SIGN_MS), setInterval(looking, LOOK_MS)]
  say(`${threads} jobs at a time from ${address.shown}; decoders: ${allowed.join(', ')}; version ${version}`)
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  for (const timer of timers) clearInterval(timer)
  say('no more jobs are taken; those in hand are finished')
  const gone = silent(redis, GONE_MS).then(() => say('the queue is gone: jobs in hand are left to others'))
  await Promise.race([server.close(), gone])
  redis.removeAllListeners('close').disconnect()
}

/** Says each line once. */
function once(say: (line: string) => void): (line: string) => void {
  const told = new Set<string>()
  return (line) => {
    if (!told.has(line)) say(line)
    told.add(line)
  }
}

/** Of runs that wait for other workers: why, and what would make this one take their jobs. */
function waiting(self: Member, clients: readonly Member[]): string[] {
  return clients.flatMap(({ version, needs }) => {
    if (version === self.version)
      return needs.filter((need) => !takes(self, need)).map((need) => whyNot(self, need))
    const others = `a run of version ${messageText(version)} waits`
    return [`${others}; this worker is of ${self.version}, and takes none of its jobs`]
  })
}

function whyNot({ allowed }: Member, { decoder, dictionary }: Requested): string {
  if (!allows(allowed, decoder)) {
    const run =
      decoder.kind === 'built-in' ? 'built-in decoders' : `a decoder of SHA-256 ${wordFor(decoder)}…`
    return `a run of ${run} waits; this worker takes its jobs with --allow-decoders ${wordFor(decoder)}`
  }
  const run = `a run over the dictionary of SHA-256 ${dictionary?.slice(0, 16)}… waits`
  return `${run}; this worker takes its jobs with --dictionary and that file`
}

class Server {
  readonly #redis: Redis
  readonly #computer: Computer
  readonly #say: (line: string) => void
  readonly #presence: Presence
  readonly #queues: ServedQueues
  readonly #sayOnce: (line: string) => void
  /** There may be jobs in several queues. */
  readonly #turns: Turns
  #self: Member

  constructor(redis: Redis, self: Member, computer: Computer, say: (line: string) => void) {
    this.#redis = redis
    this.#self = self
    this.#computer = computer
    this.#presence = new Presence(redis, keys.workers)
    this.#queues = new ServedQueues((name) => this.#start(name))
    this.#sayOnce = once(say)
    this.#turns = new Turns(self.threads)
    this.#say = say
    sayWhetherThere(redis, say)
  }

  /** Give a sign of life. */
  async sign(): Promise<void> {
    await this.#presence.sign(this.#self)
  }

  /** Fetch from the queues of the runs that there are, those of built-in decoders at any time. */
  async look(): Promise<void> {
    const clients = await membersOf(this.#redis, keys.clients)
    const { version, dictionaries } = this.#self
    const builtIn = [undefined, ...dictionaries].map((dictionary): Requested => {
      return { decoder: { kind: 'built-in' }, ...(dictionary !== undefined && { dictionary }) }
    })
    const needs = clients.filter((client) => client.version === version).flatMap((client) => client.needs)
    const mine = [...builtIn, ...needs].filter((asked) => takes(this.#self, asked))
    for (const line of waiting(this.#self, clients)) this.#sayOnce(line)
    const without = await this.#queues.follow(new Set(mine.map((asked) => queueName(version, asked))))
    if (without > 0)
      this.#sayOnce('more runs wait than this worker has connections for; it takes their jobs later')
  }

  /** Resolves when the jobs in hand are done. */
  async close(): Promise<void> {
    await this.#presence.signOff().catch(() => {})
    await this.#queues.close()
    await this.#computer.close()
  }

  async #start(name: string): Promise<GuardedWorker> {
    const { threads } = this.#self
    const worker = new GuardedWorker(
      name,
      (job, _token, signal) => this.#turns.run(() => this.#perform(job, signal!)),
      this.#redis,
      threads,
      ({ key, why }) => this.#refused(key, why),
    )
    worker.on('failed', (job, { message }) => {
      if (isRefusal(message)) this.#refused(job?.id ?? '?', message.slice(refusalText('').length))
      else if (!isElsewhere(message))
        this.#say(`job ${messageText(job?.id ?? '?', 100)} failed: ${messageText(message)}`)
    })
    await worker.waitUntilReady()
    worker.run().catch((error) => this.#say(firstLine(error)))
    return worker
  }

  #refused(key: string, why: string): void {
    this.#say(`refused job ${messageText(key, 100)}: ${messageText(why)}`)
  }

  /** Trials computed, 0 where nobody waits for them. The result goes its own way, before the job is said to be done. */
  async #perform({ id, data }: Job<ChunkJob, number>, signal: AbortSignal): Promise<number> {
    const job = this.#checked(data, id)
    const lives = async () => (await this.#redis.exists(keys.run(job.run))) === 1
    if (!(await lives())) return 0
    const orphaned = new AbortController()
    const timer = setInterval(async () => {
      if (!(await lives().catch(() => true))) orphaned.abort()
    }, ALIVE_MS)
    try {
      const result = await this.#computer.compute(job, AbortSignal.any([signal, orphaned.signal]))
      await this.#redis.set(keys.result(id!), formatResult(result), 'EX', RESULT_S)
      return job.trials
    } catch (error) {
      if (orphaned.signal.aborted) return 0
      if (error instanceof Elsewhere) {
        await this.#goWithout(askedOf(job).dictionary!, error.message)
        throw new UnrecoverableError(elsewhereText(error.message))
      }
      if (error instanceof Refused) throw new UnrecoverableError(refusalText(error.message))
      throw new UnrecoverableError(failureText(error, firstLine(error)))
    } finally {
      clearInterval(timer)
    }
  }

  /** Take no more jobs over a dictionary that cannot be read: they are for workers that can. */
  async #goWithout(sha256: string, why: string): Promise<void> {
    const { dictionaries } = this.#self
    if (!dictionaries.includes(sha256)) return
    this.#self = { ...this.#self, dictionaries: dictionaries.filter((one) => one !== sha256) }
    this.#say(
      `no more jobs over the dictionary of SHA-256 ${sha256.slice(0, 16)}… are taken: ${messageText(why)}`,
    )
    this.#queues.leave((name) => name.endsWith(`.${sha256}`))
    await this.sign()
  }

  #checked(data: unknown, key: string | undefined): ChunkJob {
    try {
      const job = parseJob(data)
      if (jobKey(job) !== key) throw new Refused('it is not what its key says')
      this.#computer.check(job)
      return job
    } catch (error) {
      throw new UnrecoverableError(refusalText((error as Error).message))
    }
  }
}
