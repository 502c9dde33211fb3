import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { median } from '../src/numerics/median.js'
import { queueAddress } from '../src/success/queue/address.js'
import { QueueClient } from '../src/success/queue/queue-client.js'
import { builtInRevision } from '../src/success/workers/built-in-revision.js'
import { openSampler } from '../src/success/workers/open-sampler.js'
import { type JobCost, simulateQueue } from './queue-clock.js'
import { type RedisServer, startRedis } from './redis-server.js'
import type { BenchResult } from './timing.js'

const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))
const shape = { N: 2 ** 16, k: 28, d: 400 }
/** About half a minute of one worker: jobs take 2 s and more, and the last ones are to end together. */
const [TRIALS, ROUNDS] = [4096, 3]
/** Jobs by which the cost of one is measured, each of so little work that the cost is all. */
const SMALL_JOBS = 1000

/** Workers at a queue: two against one and against threads here; and very many, by the clock of a simulated queue. */
export async function* scaleFigures(): AsyncGenerator<BenchResult> {
  const server = await startRedis()
  const workers: ChildProcess[] = []
  try {
    workers.push(await startWorker(server))
    const seconds = { one: [] as number[], two: [] as number[], threads: [] as number[] }
    const one = await openSampler('matching-pursuit', { queue: server.url })
    await timed(one)
    const cost = await jobCost(server)
    const threads = await openSampler('matching-pursuit', { workers: 2 })
    await timed(threads)
    // The machine's speed drifts: the rounds' ratios are taken, each of runs right after each other.
    for (let round = 0; round < ROUNDS; round++) {
      seconds.one.push(await timed(one))
      workers.push(await startWorker(server))
      // The run hears of a new worker within a few seconds.
      await new Promise((resolve) => setTimeout(resolve, 6000))
      seconds.two.push(await timed(one))
      seconds.threads.push(await timed(threads))
      await stop(workers.pop()!)
    }
    await Promise.all([one.close(), threads.close()])
    yield* ratios(seconds)
    yield* costs(cost)
    for (const count of [16, 256, 4096]) yield* manyWorkers(count, cost)
  } finally {
    await Promise.all(workers.map(stop))
    await server.stop()
  }
}

async function startWorker({ url }: RedisServer): Promise<ChildProcess> {
  const args = [main, 'worker', '--queue', url, '--workers', '1']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  await once(child.stderr!, 'data')
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

async function timed(sampler: Awaited<ReturnType<typeof openSampler>>): Promise<number> {
  const start = performance.now()
  await sampler.run(shape, 'scale', 0, TRIALS)
  return (performance.now() - start) / 1000
}

function* ratios({ one, two, threads }: Readonly<Record<string, readonly number[]>>): Generator<BenchResult> {
  const at = `${TRIALS} matching-pursuit trials, N = 2^16, k = 28, d = 400`
  const ratio = (a: readonly number[], b: readonly number[]) => median(a.map((seconds, i) => seconds / b[i]))
  yield { id: 'queue-one', what: `${at}, one worker`, value: TRIALS / median(one), unit: '/s' }
  const rounds = `median of ${ROUNDS} rounds`
  yield {
    id: 'queue-two',
    what: `two workers at a queue / one, ${rounds}`,
    value: ratio(one, two),
    unit: '×',
    bar: { atLeast: 1.85 },
  }
  yield {
    id: 'queue-threads',
    what: `two workers at a queue / two threads here, ${rounds}`,
    value: ratio(threads, two),
    unit: '×',
    bar: { atLeast: 0.95 },
  }
}

/** What a job costs beside its trials: the time of server and client, and of the worker that waits for them. */
async function jobCost({ url }: RedisServer): Promise<JobCost> {
  const version = builtInRevision()
  const client = await QueueClient.open(queueAddress(url), version)
  const redis = new Redis(url)
  const run = await client.beginRun({ decoder: { kind: 'built-in' } })
  const series = {
    decoder: 'top-k',
    revision: version,
    method: 'simulation' as const,
    N: 64,
    k: 2,
    d: 20,
    seed: '',
  }
  const order = { run, version, limits: { time: 1000, startup: 1000 }, counts: false, series }
  await client.hear(order)
  const serverSeconds = async () => {
    const info = await redis.info('cpu')
    return [...info.matchAll(/^used_cpu_(?:sys|user):(.*)/gm)].reduce(
      (sum, [, text]) => sum + Number(text),
      0,
    )
  }
  const before = { server: await serverSeconds(), client: process.cpuUsage(), clock: performance.now() }
  let [come, computed] = [0, 0]
  await new Promise<void>((resolve, reject) => {
    const customer = {
      order,
      come: (_: unknown, { milliseconds }: { milliseconds: number }) => {
        computed += milliseconds / 1000
        if (++come === SMALL_JOBS) resolve()
      },
      fail: reject,
    }
    for (let job = 0; job < SMALL_JOBS; job++) client.ask(customer, 4 * job, 4)
  })
  const clock = (performance.now() - before.clock) / 1000
  const { user, system } = process.cpuUsage(before.client)
  const server = (await serverSeconds()) - before.server
  await client.close()
  redis.disconnect()
  const each = (seconds: number) => Math.max(0, seconds) / SMALL_JOBS
  return { server: each(server), client: each((user + system) / 1e6), worker: each(clock - computed) }
}

function* costs({ server, client, worker }: JobCost): Generator<BenchResult> {
  const figure = (id: string, what: string, seconds: number) => ({
    id,
    what: `a job's cost beside its trials: ${what}`,
    value: 1000 * seconds,
    unit: 'ms',
  })
  yield figure('job-server', 'processor time of the server', server)
  yield figure('job-client', 'processor time of the client', client)
  yield figure('job-worker', 'a worker waits for its next job', worker)
}

function* manyWorkers(workers: number, cost: JobCost): Generator<BenchResult> {
  for (const seconds of [2, 6, 20]) {
    const { efficiency, busiest, share } = simulateQueue({ workers, seconds, cost })
    yield {
      id: `simulated-${workers}-${seconds}`,
      what: `${workers} workers, jobs of ${seconds} s: efficiency; ${busiest} ${(100 * share).toFixed(0)} % busy`,
      value: 100 * efficiency,
      unit: '%',
    }
  }
}
