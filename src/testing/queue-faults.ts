import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { startRedis } from '../../bench/redis-server.js'
import { stream } from '../random/stream.js'
import { keys, PREFIX, queueName } from '../success/queue/registry.js'
import { builtInRevision } from '../success/workers/built-in-revision.js'

// Fault injection for the queue: workers, the server and the client are killed at random moments of one run, whose
// record must be that of an undisturbed one; 100,000 jobs are queued; and a job of 1 GB is put there.
// `npm run queue-faults`; any other number than 1 as an argument draws other moments.

const { uniform } = stream(process.argv[2] ?? '1', 'queue faults')
const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-queue-'))
const main = fileURLToPath(new URL('../cli/main.js', import.meta.url))
const KILLS = { workers: 20, server: 7, client: 13 }
/** Milliseconds between two kills, at most. */
const BETWEEN_MS = 4000
let failed = 0

function expect(what: string, holds: boolean, detail = ''): void {
  if (!holds) failed++
  process.stdout.write(`${holds ? 'ok' : 'FAILED'}  ${what}${detail === '' ? '' : `: ${detail}`}\n`)
}

const builtIn = queueName(builtInRevision(), { decoder: { kind: 'built-in' } })
const server = await startRedis({ append: true })
const redis = new Redis(server.url, { maxRetriesPerRequest: null })
redis.on('error', () => {})
const run = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
const worker = (): ChildProcess => run('worker', '--queue', server.url, '--workers', '1')
const ended = (child: ChildProcess) =>
  child.exitCode === null && child.signalCode === null
    ? new Promise<void>((resolve) => child.once('exit', () => resolve()))
    : Promise.resolve()

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await ended(child)
}

/** Megabytes of a process: what it has now, or the most that it had. */
function memory(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const [, kB] = new RegExp(`${what}:\\s*(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kB) / 1024
}

const timeless = (json: string): string =>
  JSON.stringify(JSON.parse(json), (key, value) => (key === 'seconds' ? undefined : value))

/** Of the run that is disturbed: trials by which the machine's pace is taken, and seconds that it takes undisturbed. */
const [PACE_TRIALS, RUN_S] = [4000, 60]
const askedFor = (trials: number) => {
  return ['-N', '2^12', '-k', '20', '-d', '300', '--trials', `${trials}`, '--json', '--quiet']
}
const undisturbed = (...args: string[]) =>
  spawnSync(process.execPath, [main, 'success', 'matching-pursuit', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })

async function kills(): Promise<void> {
  const begun = performance.now()
  undisturbed(...askedFor(PACE_TRIALS))
  const pace = (1000 * PACE_TRIALS) / (performance.now() - begun)
  const asked = askedFor(Math.ceil(RUN_S * pace))
  const whole = undisturbed(...asked, '--record', 'whole.jsonl')
  const start = () =>
    run('success', 'matching-pursuit', ...asked, '--record', 'cut.jsonl', '--queue', server.url)
  const workers = [worker(), worker()]
  let client = start()
  let [text, done, kills] = ['', false, 0]
  const follow = (child: ChildProcess) => {
    text = ''
    child.stdout!.on('data', (part) => {
      text += part
    })
    child.once('exit', (code) => {
      done ||= code !== null
    })
  }
  follow(client)
  await setTimeout(8000)
  for (; !done && kills < KILLS.workers; kills++) {
    await setTimeout(200 + uniform() * BETWEEN_MS)
    if (done) break
    const which = Math.floor(2 * uniform())
    await killed(workers[which])
    workers[which] = worker()
    if (kills === KILLS.server) await server.restart()
    if (kills === KILLS.client) {
      await killed(client)
      client = start()
      follow(client)
    }
  }
  await ended(client)
  const bytes = (file: string) => readFileSync(join(folder, file), 'utf8')
  expect(
    'workers were killed 20 times, the server and the client once, as the run went on',
    kills === KILLS.workers,
  )
  expect(
    'the record is that of an undisturbed run, byte for byte',
    bytes('cut.jsonl') === bytes('whole.jsonl'),
  )
  expect('and so is the result', text !== '' && timeless(text) === timeless(whole.stdout))
  await nothingQueued()
  for (const one of workers) await killed(one)
}

/** The jobs and the run of the client that was killed are dropped within half a minute of its last sign of life. */
async function nothingQueued(): Promise<void> {
  const lists = ['wait', 'active'].map((list) => `${PREFIX}:${builtIn}:${list}`)
  const left = async () =>
    (await Promise.all(lists.map((list) => redis.llen(list)))).reduce((a, b) => a + b, 0)
  const runs = async () => (await redis.keys(keys.run('*'))).length
  for (let tries = 0; (await left()) + (await runs()) > 0 && tries < 600; tries++) await setTimeout(100)
  expect('no job is left', (await left()) === 0)
  expect('and no run', (await runs()) === 0)
}

const MANY = 100_000
/** Runs so many trials that they are MANY jobs, where workers for so many are said to be there. */
const client = `
const { openSampler } = await import(${JSON.stringify(new URL('../success/workers/open-sampler.js', import.meta.url))})
const sampler = await openSampler('top-k', { queue: ${JSON.stringify(server.url)} })
await sampler.run({ N: 64, k: 2, d: 20 }, 'many', 0, 32 * ${MANY})`

async function many(): Promise<void> {
  const crowd = { id: 'crowd', version: builtInRevision(), threads: 4096, allowed: ['built-in'] }
  for (let i = 0; i < 10; i++) {
    await redis.zadd(keys.workers, '99999999999', JSON.stringify({ ...crowd, id: `crowd ${i}` }))
  }
  const child = spawn(process.execPath, ['--input-type=module', '-e', client], { stdio: 'inherit' })
  const waiting = `${PREFIX}:${builtIn}:wait`
  for (let tries = 0; (await redis.llen(waiting)) < MANY && tries < 1200; tries++) await setTimeout(100)
  expect(`${MANY} jobs are queued`, (await redis.llen(waiting)) === MANY)
  const serving = worker()
  await setTimeout(20_000)
  const taken = MANY - (await redis.llen(waiting))
  const mine = memory(child.pid!, 'VmHWM')
  expect('the client stays under 300 MiB', mine < 300, `${mine.toFixed(0)} MiB, ${taken} jobs taken`)
  const info = await redis.info('memory')
  const peak = Number(/used_memory_peak:(\d+)/.exec(info)?.[1]) / 2 ** 20
  const resident = memory(server.pid, 'VmHWM')
  expect(
    'the server stays under 500 MiB',
    Math.max(peak, resident) < 500,
    `${peak.toFixed(0)} MiB, ${resident.toFixed(0)} resident`,
  )
  await killed(child)
  const before = performance.now()
  await nothingQueued()
  process.stdout.write(
    `    the jobs of a killed client were dropped in ${((performance.now() - before) / 1000).toFixed(0)} s\n`,
  )
  await killed(serving)
  await redis.del(keys.workers)
}

async function large(): Promise<void> {
  const serving = worker()
  let said = ''
  serving.stderr!.on('data', (part) => {
    said += part
  })
  while (!said.includes('jobs at a time')) await setTimeout(50)
  const before = memory(serving.pid!, 'VmRSS')
  const list = `${PREFIX}:${builtIn}:`
  const half = Buffer.alloc(2 ** 29 - 1, 'x')
  const key = 'a'.repeat(40)
  await redis.hset(list + key, 'name', 'trials', 'timestamp', '1')
  await redis.hset(list + key, 'data', half)
  await redis.hset(list + key, 'opts', half)
  await redis.lpush(`${list}wait`, key)
  await redis.zadd(`${list}marker`, 0, '0')
  for (let tries = 0; !said.includes('refused') && tries < 600; tries++) await setTimeout(50)
  const lines = said.split('\n').filter((line) => line.includes('refused'))
  expect('a job of 1 GB is refused in one line', lines.length === 1, lines.join(' '))
  const grown = memory(serving.pid!, 'VmHWM') - before
  expect('and never taken into memory', grown < 100, `${grown.toFixed(0)} MiB more`)
  const args = [
    'success',
    'top-k',
    '-N',
    '256',
    '-k',
    '6',
    '-d',
    '90',
    '--method',
    'simulation',
    '--trials',
    '50',
  ]
  const after = run(...args, '--queue', server.url, '--quiet')
  await ended(after)
  expect('and the next job is done', after.exitCode === 0)
  await killed(serving)
}

try {
  const parts: Readonly<Record<string, () => Promise<void>>> = { kills, many, large }
  const only = process.argv.slice(3)
  for (const [name, part] of Object.entries(parts)) if (only.length === 0 || only.includes(name)) await part()
} finally {
  redis.disconnect()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(failed === 0 ? 'all holds\n' : `${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
