import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Queue } from 'bullmq'
import { afterAll, expect, test } from 'vitest'
import { IDEAL } from '../../codes/model/description.js'
import { byBoth, queueShape, type TestQueue, testQueue, until } from '../../testing/test-queue.js'
import { findRedis } from '../../testing/tools.js'
import { type ChunkJob, jobKey } from '../queue/chunk-job.js'
import { keys, PREFIX, queueName } from '../queue/registry.js'
import { builtInRevision } from './built-in-revision.js'
import { openSampler } from './open-sampler.js'

const there = findRedis() !== undefined
const builtIn = queueName(builtInRevision(), { decoder: { kind: 'built-in' } })
let queue: TestQueue
if (there) queue = await testQueue({ allowed: ['built-in', 'files'] })
afterAll(() => queue?.close())

const jobOf = (change: Partial<ChunkJob> = {}): ChunkJob => ({
  run: 'forged',
  version: builtInRevision(),
  limits: { time: 1000, startup: 1000 },
  series: { decoder: 'top-k', revision: builtInRevision(), method: 'simulation', ...queueShape, seed: 'x' },
  counts: false,
  from: 0,
  trials: 4,
  ...change,
})

/** Put a job into a queue as anyone could who is let in. */
async function forge(data: unknown, jobId: string): Promise<void> {
  const jobs = new Queue(builtIn, { connection: queue.redis, prefix: PREFIX })
  await jobs.add('trials', data, { jobId, removeOnFail: true, removeOnComplete: true })
  await until(() => queue.said.some((line) => line.includes(jobId)))
  await jobs.close()
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
  queue.said.length = 0
  await queue.redis.set(keys.run('forged'), '1', 'EX', 60)
  await forge(job, valid)
  const lines = queue.said.filter((line) => line.includes(valid))
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^refused job ${valid}: .*${why.source}`))])
})

test.runIf(there)(
  'jobs under the key of others, of any size or form, harm no later job',
  { tags: ['slow'] },
  async () => {
    queue.said.length = 0
    const key = jobKey(jobOf())
    await queue.redis.set(keys.run('forged'), '1', 'EX', 60)
    await forge(jobOf({ from: 7 }), key)
    expect(queue.said).toEqual([`refused job ${key}: it is not what its key says`])
    const large = 'e'.repeat(40)
    await forge({ padding: 'x'.repeat(2 ** 24) }, large)
    expect(queue.said.at(-1)).toBe(`refused job ${large}: it is larger than a job is`)
    const list = `${PREFIX}:${builtIn}:`
    await queue.redis.hset(`${list}${'d'.repeat(40)}`, { name: 'trials', data: '{', opts: '{}' })
    await queue.redis.lpush(`${list}wait`, 'd'.repeat(40), 'meta', 'nothing')
    const [queued, threads] = await byBoth(queue.url, 'top-k', {}, 50)
    expect(queued).toEqual(threads)
    expect(queue.said.filter((line) => /it is not JSON|it has no key of a job/.test(line))).toHaveLength(3)
    expect(await queue.redis.exists(`${list}meta`)).toBe(1)
  },
)

test.runIf(there)('a worker is told of runs of other versions, and nobody of the password', async () => {
  const other = { id: 'x', version: '9.9.9 f', threads: 0, allowed: [] }
  await queue.redis.zadd(keys.clients, '9999999999', JSON.stringify(other))
  await until(() => queue.said.some((line) => line.includes('9.9.9')))
  expect(queue.said.at(-1)).toMatch(
    /^a run of version 9\.9\.9 f waits; this worker is of .*, and takes none of its jobs$/,
  )
  const wrong = queue.url.replace(queue.password, 'wrong-secret')
  const refused = openSampler('top-k', { queue: wrong })
  await expect(refused).rejects.toThrow(
    /cannot work with the queue at redis:\/\/127.*another user or password/,
  )
  await expect(refused).rejects.not.toThrow(/wrong-secret/)
  await expect(openSampler('top-k', { queue: 'redis://127.0.0.1:1' })).rejects.toThrow(/ECONNREFUSED/)
  expect(queue.said.join('\n')).not.toContain(queue.password)
  expect(readdirSync(tmpdir())).not.toContain('evil')
})
