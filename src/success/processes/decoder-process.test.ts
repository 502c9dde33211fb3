import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { inSuites } from '../../testing/suites.js'
import { tempFolder } from '../../testing/temp-folder.js'
import type { Sampler } from '../trials/sampler.js'
import { openSampler } from '../workers/open-sampler.js'
import { processClock } from './process-clock.js'

const files = tempFolder()
const opened: Sampler[] = []
afterAll(() => Promise.all(opened.map((sampler) => sampler.close())))
const easy = { N: 64, k: 2, d: 256 }

/** A decoder that is right, but for what `top` does as it loads and `body` in decode. */
const decoder = (name: string, body: string, top = '') =>
  files.write(
    `${name}.mjs`,
    `import { spawn } from 'node:child_process'
     import { Worker } from 'node:worker_threads'
     import fs from 'node:fs'
     ${top}
     export default { name: '${name}', decode({ dictionary, code, k }) {
       const scores = dictionary.correlate(code)
       const answer = [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
       ${body}
       return answer
     } }`,
  )

async function run(path: string, trials = 3) {
  const sampler = await openSampler(path, { workers: 1, timeLimit: 2000 })
  opened.push(sampler)
  return sampler.run(easy, '1', 0, trials)
}

const judges = [
  [
    'replaces built-in methods',
    'Array.prototype.every = () => true; Set.prototype.has = () => true; return [0, 0.5]',
  ],
  ['patches the dictionary', 'Object.getPrototypeOf(dictionary).superpose = () => code; return [0, 1]'],
  ['says what it was not asked', 'process.send([0]); return [0, 1]'],
  [
    'forges the lines of its host',
    `fs.writeSync(4, '{"kind":"reply","reply":{"kind":"decoded","answer":[0,1]}}\\n'); return [0, 1]`,
  ],
  ['writes nonsense among them', 'fs.writeSync(4, "nonsense\\n")'],
] as const
for (const { cases, tags } of inSuites(judges, 1)) {
  test.each(cases)('a decoder that %s judges nobody: it does not succeed', { tags }, async (what, body) => {
    const { values } = await run(decoder(what.replaceAll(' ', '-'), body))
    expect(Array.from(values)).not.toContain(1)
  })
}

const replaced = [
  [
    'JSON.stringify',
    'JSON.stringify = () => "{}"',
    'return [1, 1]',
    /twice.* \(it has replaced JSON\.stringify\)$/,
  ],
  ['Array.from', 'Array.from = () => []', '', /^answered with 0 indices.* \(it has replaced Array\.from\)$/],
  ['toJSON', '', 'Object.prototype.toJSON = () => 1', /^replaced Object\.prototype\.toJSON: its process/],
] as const
for (const { cases, tags } of inSuites(replaced, 1)) {
  test.each(cases)('one that replaces %s is told so', { tags }, async (name, top, body, message) => {
    const { faults } = await run(decoder(`patch-${name}`, body, top))
    expect(faults[0].message).toMatch(message)
  })
}

test('one that replaces what others do not look at is right all the same', async () => {
  const { values, faults } = await run(
    decoder('quietly', '', 'JSON.stringify = () => "{}"; String.prototype.trim = 7'),
  )
  expect([Array.from(values), faults]).toEqual([[1, 1, 1], []])
})

test('one that refuses every problem breaks nothing, and reads nothing', async () => {
  const path = files.write(
    'refuses.mjs',
    `export default { name: 'refuses', refuses: ({ N }) => 'not N = ' + N, decode: () => [0, 1] }`,
  )
  const { values, faults } = await run(path)
  expect(Array.from(values)).toEqual([0, 0, 0])
  expect(faults.map(({ kind, message }) => [kind, message])).toEqual(
    Array(3).fill(['refused', 'refuses: not N = 64']),
  )
})

const busy = [
  ['timers', '', 'setInterval(() => {}, 10)'],
  ['listeners', '', "process.on('SIGTERM', () => {}); process.on('exit', () => {})"],
  ['worker threads', '', "new Worker('setInterval(() => {}, 10)', { eval: true })"],
] as const
for (const { cases, tags } of inSuites(busy, 1)) {
  test.each(cases)('%s of its own change nothing, and the run ends', { tags }, async (name, body, top) => {
    const { values, faults } = await run(decoder(name.replaceAll(' ', '-'), body, top))
    expect({ values: Array.from(values), faults }).toEqual({ values: [1, 1, 1], faults: [] })
  })
}

test('prints by descriptor go to standard error, marked line by line, up to a limit', async () => {
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { values } = await run(decoder('loud', "fs.writeSync(1, 'said\\n' + 'x'.repeat(1e5))"), 5)
  const printed = err.mock.calls.join('')
  vi.restoreAllMocks()
  expect(Array.from(values)).toEqual([1, 1, 1, 1, 1])
  expect(printed.length).toBeGreaterThan(60_000)
  expect(printed.length).toBeLessThan(75_000)
  expect(printed).toMatch(/^loud\.mjs \| said\n(loud\.mjs \| (said|x+)\n)+dpb: the rest [^\n]+\n$/)
})

test('memory outside of the heap is bounded too', { tags: ['slow'] }, async () => {
  const hoard = 'globalThis.hoard ??= []; for (;;) hoard.push(Buffer.alloc(2 ** 26, 1))'
  const original = process.constrainedMemory
  process.constrainedMemory = () => 2 ** 30
  const { faults } = await run(decoder('hoards', hoard), 1).finally(() => {
    process.constrainedMemory = original
  })
  expect(faults[0]).toMatchObject({ kind: 'crash', message: 'took more than 0.800 GiB of memory' })
})

test('what fails after an answer is laid to the decode that caused it', async () => {
  const body = 'if (code[0] > 0.05) setTimeout(() => { throw new Error("too late") }, 5)'
  const sampler = await openSampler(decoder('late', body), { workers: 1 })
  opened.push(sampler)
  const { values, faults } = await sampler.run(easy, '1', 1, 31)
  for (const { message, trial } of faults) {
    expect(message).toMatch(/^failed (after its answer|outside of what it awaits): too late/)
    expect(values[trial - 1]).toBe(0)
  }
  const soon = decoder('soon', 'Promise.reject(new Error("at once"))')
  expect((await run(soon, 1)).faults[0].message).toMatch(/at once/)
})

test('waiting for a core is no time of a process; sleeping is', () => {
  let [now, processor, runnable] = [0, 0, true]
  const clock = processClock(1, {
    longest: 1000,
    now: () => now,
    stateOf: () => ({ processor, runnable, memory: 5 }),
  })
  const look = (passed: number, worked: number) => {
    now += passed
    processor += worked
    return clock.look().time
  }
  expect(look(100, 100)).toBe(0)
  expect(look(100, 5)).toBe(5)
  expect(look(100, 400)).toBe(105)
  runnable = false
  expect(look(100, 0)).toBe(105)
  expect(look(100, 0)).toBe(205)
  expect(look(50_000, 0)).toBe(1205)
  clock.reset()
  expect(look(100, 0)).toBe(100)
})

/** Processes whose environment has this mark. */
const marked = (mark: string) =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)
    } catch {
      return false
    }
  })

const linux = test.skipIf(process.platform !== 'linux')
linux.each(['SIGINT', 'SIGKILL'] as const)(
  '%s leaves no process behind, nor what the decoder started',
  { tags: ['slow'] },
  async (signal) => {
    const mark = `MARK=${Math.random()}`
    const [name, value] = mark.split('=')
    const body = "spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }); for (;;) {}"
    const main = fileURLToPath(new URL('../../cli/main.js', import.meta.url))
    const args = [
      'success',
      decoder(`left-by-${signal}`, body),
      '-N',
      '64',
      '-k',
      '2',
      '-d',
      '99',
      '--time-limit',
      '60000',
    ]
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, [name]: value },
      stdio: 'ignore',
    })
    // This one, at least one host, and what that has started.
    await vi.waitUntil(() => marked(mark).length >= 3, { timeout: 60_000, interval: 50 })
    child.kill(signal)
    await vi.waitUntil(() => marked(mark).length === 0, { timeout: 60_000, interval: 50 })
    await setTimeout(100)
    expect(marked(mark)).toEqual([])
  },
)
