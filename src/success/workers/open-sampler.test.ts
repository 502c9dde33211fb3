import { afterAll, describe, expect, test, vi } from 'vitest'
import { builtInDecoder } from '../../decoders/built-in.js'
import { inSuites } from '../../testing/suites.js'
import { tempFolder } from '../../testing/temp-folder.js'
import type { Sampler } from '../trials/sampler.js'
import { simulationSampler } from '../trials/simulation-sampler.js'
import { openSampler, type SamplerOptions } from './open-sampler.js'

const files = tempFolder()
const opened: Sampler[] = []
afterAll(() => Promise.all(opened.map((sampler) => sampler.close())))

async function open(nameOrPath: string, options: SamplerOptions = {}): Promise<Sampler> {
  const sampler = await openSampler(nameOrPath, {
    workers: 1,
    timeLimit: 300,
    startupLimit: 3000,
    ...options,
  })
  opened.push(sampler)
  return sampler
}

/**
 * A decoder's file: `body` makes the answer from `problem`, the truth unknown, and `turn` = 0, 1, … within its
 * thread.
 */
const decoderFile = (name: string, body: string) =>
  files.write(
    `${name}.mjs`,
    `let turn = -1
     const right = ({ dictionary, code, k }) => {
       const scores = dictionary.correlate(code)
       return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
     }
     export default { name: '${name}', decode(problem) { turn++; ${body} } }`,
  )

const easy = { N: 64, k: 2, d: 256 }

test('values are the same for one worker, two, and this thread', async () => {
  const shape = { N: 256, k: 4, d: 60 }
  const here = await simulationSampler(builtInDecoder('top-k')!).run(shape, 'seed', 5, 90)
  const successes = Array.from(here.values).reduce((a, b) => a + b)
  expect(successes).toBeGreaterThan(10)
  expect(successes).toBeLessThan(80)
  for (const workers of [1, 2]) {
    const sampler = await open('top-k', { workers })
    const seen: number[] = []
    const { values, faults } = await sampler.run(shape, 'seed', 5, 90, {
      onTrials: (done) => seen.push(done),
    })
    expect(Array.from(values)).toEqual(Array.from(here.values))
    expect(faults).toEqual([])
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(90)
    const tail = await sampler.run(shape, 'seed', 60, 35)
    expect(Array.from(tail.values)).toEqual(Array.from(here.values).slice(55))
  }
})

test('a decoder in a file has a name and a revision that changes with its text', async () => {
  const first = await open(decoderFile('mine', 'return right(problem)'))
  const second = await open(decoderFile('mine', 'return  right(problem)'))
  expect([first.decoder, second.decoder]).toEqual(['mine', 'mine'])
  expect(first.revision!()).toMatch(/^[0-9a-f]{16}$/)
  expect(first.revision!()).not.toBe(second.revision!())
  const { values } = await first.run(easy, '1', 0, 10)
  expect(Array.from(values)).toEqual(new Array(10).fill(1))
})

for (const { cases, tags } of inSuites(['mjs', 'cjs', 'ts'])) {
  test.each(cases)(
    'a revision covers what a .%s decoder loads, when it starts and later',
    { tags },
    async (kind) => {
      const load = (name: string) => (kind === 'cjs' ? `require('./${name}')` : `(await import('./${name}'))`)
      const loads = `const early = ${load(`early.${kind}`)}`
      const entry = `const decode = async ({ k }) => { ${load(`late.${kind}`)}; return [...Array(k).keys()] }`
      const exported =
        kind === 'cjs'
          ? `module.exports = { name: 'parts', decode }`
          : `export default { name: 'parts', decode }`
      const part = (which: string, text: string) =>
        files.write(
          `${which}.${kind}`,
          kind === 'cjs' ? `module.exports = ${text}` : `export default ${text}`,
        )
      const revisions = async (early: string, late: string) => {
        part('early', early)
        part('late', late)
        const sampler = await open(files.write(`parts.${kind}`, [loads, entry, exported].join('\n')))
        const loaded = sampler.revision!()
        await sampler.run(easy, '1', 0, 1)
        return [loaded, sampler.revision!()]
      }
      const [start, later] = await revisions('1', '1')
      expect(later).not.toBe(start)
      expect(await revisions('1', '1')).toEqual([start, later])
      const [otherStart] = await revisions('2', '1')
      expect(otherStart).not.toBe(start)
      const [sameStart, otherLater] = await revisions('1', '2')
      expect(sameStart).toBe(start)
      expect(otherLater).not.toBe(later)
    },
  )
}

describe('what a decoder does wrong is reported, and the run goes on', () => {
  const contained = [
    ['throw', 'throw new Error("no\\nidea")', 'threw: no (many.mjs:6)'],
    ['throw', 'return Promise.reject("no idea")', 'threw: no idea'],
    ['not-a-list', 'return', 'answered with undefined, not with a list of indices'],
    ['wrong-size', 'return [1]', 'answered with 1 indices, not k = 2'],
    ['not-an-integer', 'return [NaN, 1]', 'answered with NaN as entry 0, not an index'],
    [
      'out-of-range',
      'return [1, 64]',
      'answered with 64 as entry 1, outside of 0 to N − 1 = 63 (indices count from 0)',
    ],
    ['duplicate', 'return [1, 1]', expect.stringMatching(/^named codeword 1 twice; /)],
    ['changed-input', 'problem.code[0] += 1', 'changed the code'],
    ['changed-input', 'problem.k = 1', 'changed the problem'],
    ['changed-input', 'problem.dictionary.size = 9', 'changed the shape of the dictionary'],
  ]

  test('faults that leave the thread alive', async () => {
    const cases = contained.map(([, body], i) => `case ${i + 2}: ${body}; break`).join('\n')
    const body = `const answer = right({ ...problem }); switch (turn) { ${cases} } return answer`
    const sampler = await open(decoderFile('many', body))
    // The first trial is decoded twice, so turn 2 is trial 1.
    const { values, faults } = await sampler.run(easy, 's', 0, contained.length + 2)
    const expected = contained.map(([kind, , message], i) => ({
      kind,
      message,
      ...easy,
      seed: 's',
      trial: i + 1,
      // What was cut from the message.
      ...(i === 0 && { detail: 'no\nidea' }),
    }))
    expect(faults).toEqual(expected)
    expect(Array.from(values)).toEqual([1, ...contained.map(() => 0), 1])
  })

  const fatal = [
    ['hang', 'for (;;) {}', /^did not answer within 0.3/],
    ['hang', 'return new Promise(() => {})', /^did not answer within 0.3/],
    ['crash', 'process.exit(3)', /^ended its process with exit code 3$/],
    [
      'crash',
      'setTimeout(() => { throw new Error("late") }); return new Promise(() => {})',
      /^failed outside of what it awaits: late \(.*\)$/,
    ],
    [
      'crash',
      'const hoard = []; for (;;) hoard.push([hoard.length])',
      /^took more than 48 MiB of JavaScript heap$/,
    ],
  ] as const
  for (const { cases, tags } of inSuites(fatal, 1)) {
    test.each(cases)('%s: %s', { tags }, async (kind, body, message) => {
      const name = `${kind}-${body.length}`
      const memory = name.startsWith('crash') ? { timeLimit: 10_000, heapMiB: 48 } : {}
      const sampler = await open(
        decoderFile(name, `if (turn === 3) { ${body} } return right(problem)`),
        memory,
      )
      const { values, faults } = await sampler.run(easy, 's', 0, 5)
      expect(faults).toEqual([
        { kind, message: expect.stringMatching(message), ...easy, seed: 's', trial: 2 },
      ])
      expect(Array.from(values)).toEqual([1, 1, 0, 1, 1])
    })
  }

  test('two answers to one problem are found by decoding the first of each 32 again', async () => {
    const sampler = await open(decoderFile('fickle', 'return turn % 2 ? [0, 1] : [0, 2]'))
    const { faults } = await sampler.run(easy, '1', 0, 65)
    expect(faults.map(({ trial, kind }) => [trial, kind])).toEqual([0, 32, 64].map((t) => [t, 'two-answers']))
    expect(faults[0].message).toMatch(/^gave two answers to one problem, of which only one holds [12]$/)
  })

  test('of the same trials one codeword is looked at before and after', { tags: ['slow'] }, async () => {
    const body = 'const answer = right(problem); problem.dictionary.codeword = () => []; return answer'
    const sampler = await open(decoderFile('vandal', body))
    const { faults } = await sampler.run(easy, '1', 0, 33)
    expect(faults.map(({ trial, message }) => [trial, message])).toEqual(
      [0, 32].map((t) => [t, 'changed the dictionary']),
    )
  })

  test('randomness is seeded per trial: a decoder that uses it answers twice alike', async () => {
    const body = 'const i = Math.floor(problem.random() * 63); return [i, i + 1]'
    const sampler = await open(decoderFile('dice', body))
    expect((await sampler.run(easy, '1', 0, 33)).faults).toEqual([])
  })

  test('a thread that dies between runs is replaced', { tags: ['slow'] }, async () => {
    const sampler = await open(
      decoderFile('late', 'setTimeout(() => process.exit(), 1); return right(problem)'),
    )
    await sampler.run(easy, '1', 1, 1)
    // Longer than a busy machine takes to end a thread.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect((await sampler.run(easy, '1', 2, 1)).faults).toEqual([])
  })

  test('what it prints goes to standard error', async () => {
    const out = vi.spyOn(process.stdout, 'write')
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const sampler = await open(decoderFile('chatty', 'console.log("hello"); return right(problem)'))
    await sampler.run(easy, '1', 1, 1)
    await sampler.close()
    expect(err.mock.calls.join()).toContain('hello')
    expect(out.mock.calls.join()).not.toContain('hello')
    vi.restoreAllMocks()
  })
})

describe('a decoder that cannot be loaded is refused', () => {
  test.each([
    ['throws.mjs', 'throw new Error("boom")', 'throws.mjs throws as it loads: boom (throws.mjs:1)'],
    ['exits.mjs', 'process.exit(1)', /exits.mjs' cannot be loaded: it ended its process with exit code 1$/],
  ])('%s', async (name, text, message) => {
    await expect(open(files.write(name, text))).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    )
  })
})

test('shapes that are none or do not fit are refused with the reason', async () => {
  const sampler = await open('top-k', { memory: 2 ** 20 })
  await expect(sampler.run({ N: 10, k: 11, d: 8 }, '1', 0, 1)).rejects.toThrow(/from 0 to 10, not 11/)
  await expect(sampler.run({ N: 10, k: 1, d: 0 }, '1', 0, 1)).rejects.toThrow(/d must be/)
  await expect(sampler.run({ N: 2 ** 20, k: 1, d: 1024 }, '1', 0, 1)).rejects.toThrow(
    'N = 1048576, d = 1024 needs 0.156 GiB of memory; 0.000977 GiB are free',
  )
  await expect(openSampler('top-k', { workers: 0 })).rejects.toThrow(
    /workers must be an integer from 1 to 512, not 0/,
  )
})

test('what fits once but not twice runs in one thread', { tags: ['slow'] }, async () => {
  const shape = { N: 4096, k: 2, d: 64 }
  const roomy = await (await open('top-k', { workers: 2 })).run(shape, '1', 0, 20)
  const tight = await (await open('top-k', { workers: 2, memory: 250_000 })).run(shape, '1', 0, 20)
  expect(Array.from(tight.values)).toEqual(Array.from(roomy.values))
})

test('a decoder whose process ends in every trial is given up', { tags: ['slow'] }, async () => {
  const sampler = await open(decoderFile('ends', 'process.exit(3)'))
  const run = sampler.run(easy, '1', 0, 10_000)
  await expect(run).rejects.toThrow(
    'ends is given up: in each of 32 trials it ended its process with exit code 3',
  )
})

test('a run can be stopped, and a closed sampler runs nothing', async () => {
  const sampler = await open('top-k')
  const stop = new AbortController()
  // So many that their chunks are more than a call takes arguments.
  const run = sampler.run(easy, '1', 0, 2 ** 26, { signal: stop.signal, onTrials: () => stop.abort() })
  await expect(run).rejects.toThrow('aborted')
  expect((await sampler.run(easy, '1', 0, 3)).values).toHaveLength(3)
  const running = sampler.run(easy, '1', 0, 10_000)
  await Promise.all([expect(running).rejects.toThrow('the sampler was closed'), sampler.close()])
  await expect(sampler.run(easy, '1', 0, 1)).rejects.toThrow('the sampler is closed')
})
