import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { type Job, UnrecoverableError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { firstLine } from '../../io/first-line.js'
import { messageText } from '../../io/text/visible.js'
import type { QueueAddress } from './address.js'
import { type Allowed, allowsOwn } from './allowed.js'
import { type ChunkJob, jobKey, parseJob } from './chunk-job.js'
import { formatResult } from './chunk-result.js'
import { Computer, type OpenLocal, Refused } from './compute-job.js'
import { connect } from './connection.js'
import { failureText, isRefusal, MOST_DEATHS, refusalText } from './failure.js'
import { guard } from './guard.js'
import { keys, type Member, membersOf, PREFIX, queueName, SIGN_MS, sign, signOff } from './registry.js'
import { Turns } from './turns.js'

/** A job whose worker says nothing for so long is given to another; how often that is looked for. */
const [LOCK_MS, STALLED_MS] = [10_000, 5000]
/** How often a worker asks whether the run of a job still lives. */
const ALIVE_MS = 5000
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

/** Take jobs from a queue and compute them, until the signal. Rejects with InputError where there is no server. */
export async function serve(options: ServeOptions): Promise<void> {
  const { address, version, threads, allowed, say, signal } = options
  const redis = await connect(address)
  const id = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`
  const dictionaries = [...options.dictionaries.keys()]
  const self: Member = { id, version, threads, allowed, dictionaries }
  const computer = new Computer({ ...options, redis, worker: id })
  const server = new Server(redis, computer, threads, say)
  const kinds = [...(allowed.includes('built-in') ? [false] : []), ...(allowsOwn(allowed) ? [true] : [])]
  const names = kinds.flatMap((own) =>
    [undefined, ...dictionaries].map((dictionary) => queueName(version, own, dictionary)),
  )
  const workers: GuardedWorker[] = []
  for (const name of names) workers.push(await server.start(name, threads))
  const tell = strangers(redis, self, say)
  const tick = () => Promise.all([sign(redis, keys.workers, self), tell()]).catch(() => {})
  await tick()
  const timer = setInterval(tick, SIGN_MS)
  say(`${threads} jobs at a time from ${address.shown}; decoders: ${allowed.join(', ')}; version ${version}`)
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  clearInterval(timer)
  await signOff(redis, keys.workers, self).catch(() => {})
  say('no more jobs are taken; those in hand are finished')
  await Promise.all(workers.map((worker) => worker.close()))
  await computer.close()
  redis.removeAllListeners('close').disconnect()
}

/** Says once of each other version, and of each dictionary that is not here, that runs of it wait for others. */
function strangers(redis: Redis, self: Member, say: (line: string) => void): () => Promise<void> {
  const told = new Set<string>()
  const tell = (line: string) => {
    if (!told.has(line)) say(line)
    told.add(line)
  }
  const { version, dictionaries } = self
  return async () => {
    for (const { version: other, dictionaries: needed } of await membersOf(redis, keys.clients)) {
      if (other !== version) {
        const others = `a run of version ${messageText(other)} waits`
        tell(`${others}; this worker is of ${version}, and takes none of its jobs`)
        continue
      }
      for (const sha256 of needed.filter((one) => !dictionaries.includes(one))) {
        const run = `a run over the dictionary of SHA-256 ${sha256.slice(0, 16)}… waits`
        tell(`${run}; this worker takes its jobs with --dictionary and that file`)
      }
    }
  }
}

/** A worker that looks at every job before it is fetched. */
class GuardedWorker extends Worker<ChunkJob, number> {
  look: () => Promise<void> = async () => {}

  protected override async moveToActive(token: string, name?: string): Promise<Job<ChunkJob, number>> {
    await this.look()
    return super.moveToActive(token, name)
  }

  // A job that is done does not fetch the next: nobody would have looked at that.
  override processJob(job: Job<ChunkJob, number>, token: string) {
    return super.processJob(job, token, () => false)
  }
}

class Server {
  readonly #redis: Redis
  readonly #computer: Computer
  readonly #say: (line: string) => void
  /** There may be jobs in several queues. */
  readonly #turns: Turns
  #lost = false

  constructor(redis: Redis, computer: Computer, threads: number, say: (line: string) => void) {
    this.#redis = redis
    this.#computer = computer
    this.#turns = new Turns(threads)
    this.#say = say
    redis.on('close', () => {
      if (!this.#lost) say('the connection to the queue is lost; it is made again')
      this.#lost = true
    })
    redis.on('ready', () => {
      if (this.#lost) say('the queue is there again')
      this.#lost = false
    })
  }

  async start(name: string, threads: number): Promise<GuardedWorker> {
    const worker = new GuardedWorker(
      name,
      (job, _token, signal) => this.#turns.run(() => this.#perform(job, signal!)),
      {
        connection: this.#redis,
        prefix: PREFIX,
        concurrency: threads,
        autorun: false,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_MS,
        maxStalledCount: MOST_DEATHS,
        runRetryDelay: 1000,
      },
    )
    worker.look = async () => {
      for (const { key, why } of await guard(this.#redis, worker.toKey)) this.#refused(key, why)
    }
    // What is no connection's is said where a job fails.
    worker.on('error', () => {})
    worker.on('lockRenewalFailed', (lost) => {
      for (const id of lost) worker.cancelJob(id, 'another worker has it')
    })
    worker.on('failed', (job, { message }) => {
      if (isRefusal(message)) this.#refused(job?.id ?? '?', message.slice(refusalText('').length))
      else this.#say(`job ${messageText(job?.id ?? '?', 100)} failed: ${messageText(message)}`)
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
      if (error instanceof Refused) throw new UnrecoverableError(refusalText(error.message))
      throw new UnrecoverableError(failureText(error, firstLine(error)))
    } finally {
      clearInterval(timer)
    }
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
