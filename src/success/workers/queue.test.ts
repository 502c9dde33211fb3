import { readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, expect, test, vi } from 'vitest'
import { type RedisServer, startRedis } from '../../../bench/redis-server.js'
import { gaussianDictionary } from '../../codes/dense.js'
import { type DictionaryFile, IDEAL, type ModelDescription } from '../../codes/model/description.js'
import { describeFile } from '../../codes/model/open-model.js'
import type { Shape } from '../../codes/model.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { findRedis } from '../../testing/tools.js'
import { queueAddress } from '../queue/address.js'
import { type ChunkJob, jobKey } from '../queue/chunk-job.js'
import { Refused } from '../queue/compute-job.js'
import { DictionaryShelf } from '../queue/dictionary-shelf.js'
import { keys, PREFIX, queueName } from '../queue/registry.js'
import { serve } from '../queue/serve.js'
import { recorded } from '../records/recording-sampler.js'
import { openRecord } from '../records/trial-record.js'
import { builtInRevision } from './built-in-revision.js'
import { openElsewhere, openSampler } from './open-sampler.js'

const there = findRedis() !== undefined
const folder = tempFolder()
const password = 'a-secret'
const said: string[] = []
const stopping = new AbortController()
/** One dictionary in two files, of which the worker has one; and another that it has not. */
const rows = (seed: number) =>
  Array.from({ length: 60 }, (_, i) => [...gaussianDictionary(60, 16, [seed, 4]).codeword(i)].join(',')).join(
    '\n',
  )
const theirs = folder.write('theirs.csv', rows(3))
const ours = folder.write('ours.csv', rows(3))
const unknown = folder.write('unknown.csv', rows(5))
const over = async (file: string, more: Partial<ModelDescription> = {}): Promise<ModelDescription> => ({
  ...IDEAL,
  dictionary: (await describeFile(file, { orientation: 'rows' })).dictionary,
  prepare: 'unit',
  ...more,
})
let server: RedisServer
let redis: Redis
let serving: Promise<void>

if (there) {
  server = await startRedis({ password })
  redis = new Redis(server.url, { maxRetriesPerRequest: null })
  const shelf = await DictionaryShelf.of([theirs])
  serving = serve({
    address: queueAddress(server.url),
    version: builtInRevision(),
    threads: 2,
    allowed: ['built-in', 'files'],
    dictionaries: shelf.files,
    memory: 2 ** 30,
    open: async (source, { mutant: _, ...options }) =>
      openElsewhere(source, { ...options, opened: await shelf.opened(options.model), workers: 1 }),
    say: (line) => said.push(line),
    signal: stopping.signal,
  })
}

afterAll(async () => {
  if (!there) return
  stopping.abort()
  await serving
  redis.disconnect()
  await server.stop()
})

const shape = { N: 256, k: 6, d: 60 }

/** Values and faults of one run, by the queue and by threads. */
async function both(
  decoder: string,
  options: Parameters<typeof openSampler>[1] = {},
  trials = 120,
  at: Shape = shape,
) {
  const results = []
  for (const queue of [server.url, undefined]) {
    const sampler = await openSampler(decoder, {
      workers: 1,
      ...options,
      ...(queue !== undefined && { queue }),
    })
    try {
      const ran = await sampler.run(at, 'queue', 5, trials, { counts: options.method !== 'conditional' })
      results.push({ ...ran, values: Array.from(ran.values), revision: sampler.revision?.() })
    } finally {
      await sampler.close()
    }
  }
  return results
}

/** Wait until a step says yes. */
async function until(step: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await step()) && tries < 600; tries++) await setTimeout(50)
}

test.runIf(there)('values by the queue are those by threads, bit for bit', async () => {
  const [queued, threads] = await both('matching-pursuit')
  expect(queued).toEqual(threads)
  expect(new Set(queued.values).size).toBe(2)
  const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal', active: 'bernoulli' }
  const [noisy, here] = await both('matching-pursuit', { model }, 50)
  expect(noisy).toEqual(here)
  expect(noisy).not.toEqual(queued)
  const [given, members] = await both('top-k', { method: 'conditional', ties: 'strict' })
  expect(given).toEqual(members)
  expect(new Set(given.values).size).toBeGreaterThan(40)
})

test.runIf(there)('a dictionary in a file is known by its bytes, wherever workers have it', async () => {
  const given = { N: 60, k: 4, d: 16 }
  const plain = await both('matching-pursuit', { model: await over(ours) }, 60, given)
  expect(plain[0]).toEqual(plain[1])
  expect(new Set(plain[0].values).size).toBe(2)
  const model = await over(ours, { prepare: 'whitened', noise: 0.1, trials: 'capacity' })
  const [whitened, here] = await both('top-k', { model }, 60, { ...given, N: 50 })
  expect(whitened).toEqual(here)
  expect(said.join('\n')).not.toMatch(/ours\.csv|failed|refused/)
})

test.runIf(there)(
  'a dictionary that no worker has is said on both sides, and no job over it is taken',
  { tags: ['slow'] },
  async () => {
    const model = await over(unknown)
    const { sha256 } = model.dictionary as DictionaryFile
    const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const stop = new AbortController()
    const sampler = await openSampler('top-k', { model, queue: server.url })
    const run = sampler.run({ N: 60, k: 4, d: 16 }, 's', 0, 10, { signal: stop.signal })
    const line = `a run over the dictionary of SHA-256 ${sha256.slice(0, 16)}`
    await until(() => said.some((one) => one.startsWith(line)) && warned.mock.calls.length > 0)
    stop.abort()
    await expect(run).rejects.toThrow(/aborted/)
    await sampler.close()
    expect(said.filter((one) => one.startsWith(line))).toHaveLength(1)
    expect(warned.mock.calls.join('')).toContain(`has the dictionary of SHA-256 ${sha256.slice(0, 16)}`)
    warned.mockRestore()
  },
)

test.runIf(there)(
  "a user's decoder travels with its modules, and its folder is emptied",
  { tags: ['slow'] },
  async () => {
    folder.write(
      'part.mjs',
      'export const first = (scores, k) => [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)',
    )
    const path = folder.write(
      'mine.mjs',
      `import { first } from './part.mjs'
     export default { name: 'mine', decode({ dictionary, code, k, random }) {
       if (random() < 0.02) throw new Error('tired')
       return first(dictionary.correlate(code), k)
     } }`,
    )
    const [queued, processes] = await both(path, {}, 200)
    expect(queued).toEqual(processes)
    expect(queued.faults.length).toBeGreaterThan(0)
  },
)

test.runIf(there)(
  'a file that did not travel ends the run, and is no failure of the decoder',
  { tags: ['slow'] },
  async () => {
    folder.write('weights.txt', '1')
    const path = folder.write(
      'reads.mjs',
      `import { readFileSync } from 'node:fs'
     export default { name: 'reads', decode({ k }) {
       readFileSync(new URL('./weights.txt', import.meta.url))
       return [...Array(k).keys()]
     } }`,
    )
    await expect(both(path, {}, 20)).rejects.toThrow(
      /reads is another decoder on .*--decoder-files names them/,
    )
    const [queued, processes] = await both(path, { decoderFiles: [folder.path('weights.txt')] }, 20)
    expect(queued).toEqual(processes)
  },
)

const jobOf = (change: Partial<ChunkJob> = {}): ChunkJob => ({
  run: 'forged',
  version: builtInRevision(),
  limits: { time: 1000, startup: 1000 },
  series: { decoder: 'top-k', revision: builtInRevision(), method: 'simulation', ...shape, seed: 'x' },
  counts: false,
  from: 0,
  trials: 4,
  ...change,
})

/** Put a job into a queue as anyone could who is let in. */
async function forge(data: unknown, jobId: string, own = false): Promise<void> {
  const queue = new Queue(queueName(builtInRevision(), own), { connection: redis, prefix: PREFIX })
  await queue.add('trials', data, { jobId, removeOnFail: true, removeOnComplete: true })
  await until(() => said.some((line) => line.includes(jobId)))
  await queue.close()
}

const forgeries: readonly [what: string, job: ChunkJob, why: RegExp][] = [
  ['of another version', jobOf({ version: '0.0.1 abc' }), /it is of version 0\.0\.1 abc/],
  ['of a range beyond 2^53', jobOf({ from: 2 ** 53 - 2, trials: 4 }), /expected trial numbers below/],
  ['of too many trials', jobOf({ trials: 2 ** 30 }), /trials: /],
  [
    'of no decoder',
    jobOf({ series: { ...jobOf().series, decoder: '../evil' } }),
    /there is no built-in decoder/,
  ],
  [
    'over a dictionary that is not there',
    jobOf({
      model: { ...IDEAL, dictionary: { sha256: '0'.repeat(64), tensor: '', orientation: 'rows' } },
    }),
    /has no dictionary of SHA-256 0{64}/,
  ],
  [
    'of a path',
    jobOf({ model: { ...IDEAL, dictionary: { file: '/etc/passwd' } as never } }),
    /model\.dictionary: /,
  ],
  [
    'of files that are not there',
    jobOf({ bundle: { kind: 'command', sha256: '0'.repeat(64) } }),
    /may not run its decoder/,
  ],
]

test.runIf(there).each(forgeries)('a forged job %s is refused in one line', async (what, job, why) => {
  const valid = (() => {
    try {
      return jobKey(job)
    } catch {
      return Buffer.from(what).toString('hex').slice(0, 40).padEnd(40, '0')
    }
  })()
  said.length = 0
  await redis.set(keys.run('forged'), '1', 'EX', 60)
  await forge(job, valid, job.bundle !== undefined)
  const lines = said.filter((line) => line.includes(valid))
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^refused job ${valid}: .*${why.source}`))])
})

test.runIf(there)(
  'jobs under the key of others, of any size or form, harm no later job',
  { tags: ['slow'] },
  async () => {
    said.length = 0
    const key = jobKey(jobOf())
    await redis.set(keys.run('forged'), '1', 'EX', 60)
    await forge(jobOf({ from: 7 }), key)
    expect(said).toEqual([`refused job ${key}: it is not what its key says`])
    const large = 'e'.repeat(40)
    await forge({ padding: 'x'.repeat(2 ** 24) }, large)
    expect(said.at(-1)).toBe(`refused job ${large}: it is larger than a job is`)
    const list = `${PREFIX}:${queueName(builtInRevision(), false)}:`
    await redis.hset(`${list}${'d'.repeat(40)}`, { name: 'trials', data: '{', opts: '{}' })
    await redis.lpush(`${list}wait`, 'd'.repeat(40), 'meta', 'nothing')
    const [queued, threads] = await both('top-k', {}, 50)
    expect(queued).toEqual(threads)
    expect(said.filter((line) => /it is not JSON|it has no key of a job/.test(line))).toHaveLength(3)
    expect(await redis.exists(`${list}meta`)).toBe(1)
  },
)

test.runIf(there)('a file that changes after it was hashed is laid to the worker that has it', async () => {
  const file = folder.write('changes.csv', rows(3))
  const shelf = await DictionaryShelf.of([file])
  const model = await over(file)
  folder.write('changes.csv', rows(5))
  await expect(shelf.opened(model)).rejects.toThrow(
    /^this worker cannot read its dictionary: .* not the file that was/,
  )
  await expect(shelf.opened(model)).rejects.toBeInstanceOf(Refused)
  folder.write('changes.csv', rows(3))
  await expect(shelf.opened(model)).resolves.toHaveProperty('about.file', file)
})

test.runIf(there)('an ended run leaves no jobs, and what was done is in its record', async () => {
  const path = folder.path('record.jsonl')
  const stop = new AbortController()
  const sampler = recorded(await openSampler('matching-pursuit', { queue: server.url }), openRecord(path))
  const run = sampler.run(shape, 'ended', 0, 1e6, {
    signal: stop.signal,
    onTrials: (done) => done > 200 && stop.abort(),
  })
  await expect(run).rejects.toThrow(/aborted/)
  await sampler.close()
  const kept = openRecord(path).entries()
  expect(kept.reduce((sum, { values }) => sum + values.length, 0)).toBeGreaterThan(200)
  const queue = new Queue(queueName(builtInRevision(), false), { connection: redis, prefix: PREFIX })
  await until(async () => Object.values(await queue.getJobCounts()).every((count) => count === 0))
  expect(Object.values(await queue.getJobCounts()).filter((count) => count > 0)).toEqual([])
  await queue.close()
  rmSync(path)
})

test.runIf(there)('a worker is told of runs of other versions, and nobody of the password', async () => {
  const other = { id: 'x', version: '9.9.9 f', threads: 0, allowed: [] }
  await redis.zadd(keys.clients, '9999999999', JSON.stringify(other))
  await until(() => said.some((line) => line.includes('9.9.9')))
  expect(said.at(-1)).toMatch(
    /^a run of version 9\.9\.9 f waits; this worker is of .*, and takes none of its jobs$/,
  )
  const wrong = server.url.replace(password, 'wrong-secret')
  const refused = openSampler('top-k', { queue: wrong })
  await expect(refused).rejects.toThrow(
    /cannot work with the queue at redis:\/\/127.*another user or password/,
  )
  await expect(refused).rejects.not.toThrow(/wrong-secret/)
  await expect(openSampler('top-k', { queue: 'redis://127.0.0.1:1' })).rejects.toThrow(/ECONNREFUSED/)
  expect(said.join('\n')).not.toContain(password)
  expect(readdirSync(tmpdir())).not.toContain('evil')
})
