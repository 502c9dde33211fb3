import { rmSync } from 'node:fs'
import { Queue } from 'bullmq'
import { afterAll, expect, test, vi } from 'vitest'
import { gaussianDictionary } from '../../codes/dense.js'
import { type DictionaryFile, IDEAL, type ModelDescription } from '../../codes/model/description.js'
import { describeFile } from '../../codes/model/open-model.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { byBoth, queueShape, type TestQueue, testQueue, until } from '../../testing/test-queue.js'
import { findRedis } from '../../testing/tools.js'
import { Elsewhere } from '../queue/compute-job.js'
import { DictionaryShelf } from '../queue/dictionary-shelf.js'
import { PREFIX, queueName } from '../queue/registry.js'
import { recorded } from '../records/recording-sampler.js'
import { openRecord } from '../records/trial-record.js'
import { builtInRevision } from './built-in-revision.js'
import { openSampler } from './open-sampler.js'

const there = findRedis() !== undefined
const folder = tempFolder()
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
let queue: TestQueue
if (there) queue = await testQueue({ allowed: ['built-in', 'files'], files: [theirs] })
afterAll(() => queue?.close())

const both = (...run: Parameters<typeof byBoth> extends [string, ...infer Rest] ? Rest : never) =>
  byBoth(queue.url, ...run)

test.runIf(there)('values by the queue are those by threads, bit for bit', async () => {
  const [queued, threads] = await both('matching-pursuit')
  expect(queued).toEqual(threads)
  expect(new Set(queued.values).size).toBe(2)
  const [given, members] = await both('top-k', { method: 'conditional', ties: 'strict' })
  expect(given).toEqual(members)
  expect(new Set(given.values).size).toBeGreaterThan(40)
})

test.runIf(there)('a dictionary in a file is known by its bytes, wherever workers have it', async () => {
  const given = { N: 60, k: 4, d: 16 }
  const plain = await both('matching-pursuit', { model: await over(ours) }, 60, given)
  expect(plain[0]).toEqual(plain[1])
  expect(new Set(plain[0].values).size).toBe(2)
  const codes = { noise: 0.1, amplitudes: 'half-normal', active: 'bernoulli' }
  const model = await over(ours, {
    prepare: 'whitened',
    trials: 'capacity',
    criterion: 'recall:0.5',
    ...codes,
  })
  const [whitened, here] = await both('matching-pursuit', { model }, 60, { ...given, N: 50 })
  expect(whitened).toEqual(here)
  expect(whitened).not.toEqual(plain[0])
  expect(queue.said.join('\n')).not.toMatch(/ours\.csv|failed|refused/)
})

test.runIf(there)(
  'a dictionary that no worker has is said on both sides, and no job over it is taken',
  { tags: ['slow'] },
  async () => {
    const model = await over(unknown)
    const { sha256 } = model.dictionary as DictionaryFile
    const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const stop = new AbortController()
    const served = await openSampler('top-k', { queue: queue.url, workers: 1 })
    await served.run(queueShape, 'served', 0, 10)
    const sampler = await openSampler('top-k', { model, queue: queue.url })
    const run = sampler.run({ N: 60, k: 4, d: 16 }, 's', 0, 10, { signal: stop.signal })
    const line = `a run over the dictionary of SHA-256 ${sha256.slice(0, 16)}`
    await until(() => queue.said.some((one) => one.startsWith(line)) && warned.mock.calls.length > 0)
    stop.abort()
    await expect(run).rejects.toThrow(/aborted/)
    await sampler.close()
    // It ends after some seconds by itself, whatever clients keep: only then jobs of a dead worker are looked for.
    const name = queueName(builtInRevision(), { decoder: { kind: 'built-in' } })
    expect(await queue.redis.pttl(`${PREFIX}:${name}:stalled-check`)).toBeLessThan(10_000)
    await served.close()
    expect(queue.said.filter((one) => one.startsWith(line))).toHaveLength(1)
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
  'a worker that may not run a decoder, or whose file has changed, leaves the jobs to others',
  { tags: ['slow'] },
  async () => {
    const path = folder.write(
      'two.mjs',
      'export default { name: "two", decode: ({ k }) => [...Array(k).keys()] }',
    )
    const file = folder.write('changing.csv', rows(3))
    const lines = await queue.addWorker({ allowed: ['built-in', '0123456789abcdef'], files: [file] })
    folder.write('changing.csv', rows(5))
    const theirs = await openSampler(path, { queue: queue.url, workers: 1 })
    expect((await theirs.run(queueShape, 'two', 0, 40)).faults).toEqual([])
    const waits = /^a run of a decoder of SHA-256 .* waits; .*--allow-decoders/
    await until(() => lines.some((line) => waits.test(line)))
    await theirs.close()
    const over3 = await openSampler('top-k', { model: await over(ours), queue: queue.url, workers: 1 })
    // Until that worker has had a job of them.
    let run = 0
    await until(async () => {
      const { values } = await over3.run({ N: 60, k: 4, d: 16 }, `run ${run++}`, 0, 200)
      expect(values).toHaveLength(200)
      return lines.some((line) => line.startsWith('no more jobs over'))
    })
    await over3.close()
    expect(lines.filter((line) => waits.test(line))).toHaveLength(1)
    expect(lines.filter((line) => line.startsWith('no more jobs over'))).toHaveLength(1)
    expect([...lines, ...queue.said].join('\n')).not.toMatch(/refused|failed/)
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

test.runIf(there)('a file that changes after it was hashed is laid to the worker that has it', async () => {
  const file = folder.write('changes.csv', rows(3))
  const shelf = await DictionaryShelf.of([file])
  const model = await over(file)
  folder.write('changes.csv', rows(5))
  await expect(shelf.opened(model)).rejects.toThrow(
    /^this worker cannot read its dictionary: .* not the file that was/,
  )
  await expect(shelf.opened(model)).rejects.toBeInstanceOf(Elsewhere)
  folder.write('changes.csv', rows(3))
  await expect(shelf.opened(model)).resolves.toHaveProperty('about.file', file)
})

test.runIf(there)('an ended run leaves no jobs, and what was done is in its record', async () => {
  const path = folder.path('record.jsonl')
  const stop = new AbortController()
  const sampler = recorded(await openSampler('matching-pursuit', { queue: queue.url }), openRecord(path))
  const run = sampler.run(queueShape, 'ended', 0, 1e6, {
    signal: stop.signal,
    onTrials: (done) => done > 200 && stop.abort(),
  })
  await expect(run).rejects.toThrow(/aborted/)
  await sampler.close()
  const kept = openRecord(path).entries()
  expect(kept.reduce((sum, { values }) => sum + values.length, 0)).toBeGreaterThan(200)
  const name = queueName(builtInRevision(), { decoder: { kind: 'built-in' } })
  const jobs = new Queue(name, { connection: queue.redis, prefix: PREFIX })
  await until(async () => Object.values(await jobs.getJobCounts()).every((count) => count === 0))
  expect(Object.values(await jobs.getJobCounts()).filter((count) => count > 0)).toEqual([])
  await jobs.close()
  rmSync(path)
})
