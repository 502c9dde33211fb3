import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.js'
import { readRecord } from './record-file.js'
import { formatEntry, type RecordLine } from './record-line.js'
import { openRecord } from './trial-record.js'

const files = tempFolder()
const entry = (seed: string, from = 0): RecordLine => ({
  decoder: 'top-k',
  method: 'simulation',
  N: 64,
  k: 2,
  d: 20,
  seed,
  from,
  values: [1, 0, 1, 1, 1],
  faults: [],
})

test('a record that is cut off at any byte is read to its last whole line, and goes on there', () => {
  const path = files.path('whole.jsonl')
  const record = openRecord(path)
  const entries = ['1', 'é😀\u2028'].map((seed) => entry(seed))
  for (const one of entries) record.add(one)
  const bytes = readFileSync(path)
  const ends = [...bytes.keys()].filter((i) => bytes[i] === 10).map((i) => i + 1)
  expect(ends).toHaveLength(3)
  const torn = files.path('torn.jsonl')
  const last = entry('last')
  for (let cut = 0; cut <= bytes.length; cut++) {
    writeFileSync(torn, bytes.subarray(0, cut))
    const lines = ends.filter((end) => end <= cut).length
    const kept = entries.slice(0, Math.max(0, lines - 1))
    expect(readRecord(torn), `cut at ${cut}`).toEqual(kept)
    openRecord(torn).add(last)
    const before = lines === 0 ? bytes.subarray(0, ends[0]) : bytes.subarray(0, ends[lines - 1])
    expect(readFileSync(torn, 'utf8')).toBe(`${before}${formatEntry(last)}\n`)
  }
  appendFileSync(torn, Buffer.alloc(4096))
  expect(readRecord(torn)).toEqual([...entries, last])
})

test('a record behind a link stays behind it', () => {
  const [real, link] = [files.path('real.jsonl'), files.path('link.jsonl')]
  writeFileSync(real, '')
  symlinkSync(real, link)
  const record = openRecord(link)
  record.add(entry('1'))
  record.settle()
  expect(readRecord(real)).toEqual([entry('1')])
})

/**
 * A process that adds trials of its own series to a record, one a line of its output, and puts it in order now and
 * then.
 */
const adding = (path: string, seed: string, most: number) => {
  const url = new URL('./trial-record.js', import.meta.url).href
  const script = `
const { openRecord } = await import(${JSON.stringify(url)})
const record = openRecord(${JSON.stringify(path)})
for (let i = 0; i < ${most}; i++) {
  record.add({ ...${JSON.stringify(entry(seed))}, from: 5 * i })
  if (i % 7 === 6) record.settle()
  process.stdout.write('.')
}
record.settle()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  const said = { added: 0, errors: '' }
  child.stdout.on('data', (text) => (said.added += text.length))
  child.stderr.on('data', (text) => (said.errors += text))
  return { child, said, ended: once(child, 'close') }
}
const trialsOf = (path: string, seed: string): number =>
  readRecord(path)
    .filter((one) => one.seed === seed)
    .reduce((sum, { values }) => sum + values.length, 0)

test('processes that add to one record at a time all keep their trials', { tags: ['slow'] }, async () => {
  const path = files.path('shared.jsonl')
  const seeds = ['a', 'b', 'c']
  const runs = seeds.map((seed) => adding(path, seed, 60))
  await Promise.all(runs.map(({ ended }) => ended))
  expect(runs.map(({ said }) => said)).toEqual(seeds.map(() => ({ added: 60, errors: '' })))
  expect(seeds.map((seed) => trialsOf(path, seed))).toEqual([300, 300, 300])
  expect(existsSync(`${path}.lock`)).toBe(false)
})

test('what a process has added is there when it is killed, and no lock of its stands in the way', {
  tags: ['slow'],
}, async () => {
  const path = files.path('killed.jsonl')
  for (const [i, wait] of [0, 3, 8, 15, 27, 44].entries()) {
    const { child, said, ended } = adding(path, `seed ${i}`, 1e6)
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, wait))
    child.kill('SIGKILL')
    await ended
    expect(said.errors).toBe('')
    expect(trialsOf(path, `seed ${i}`)).toBeGreaterThanOrEqual(5 * said.added)
  }
  const start = performance.now()
  const record = openRecord(path)
  record.add(entry('after'))
  record.settle()
  expect(performance.now() - start).toBeLessThan(5000)
  expect(trialsOf(path, 'after')).toBe(5)
  expect(readdirSync(files.path('.')).filter((name) => name.endsWith('.lock'))).toEqual([])
})
