import { describe, expect, test } from 'vitest'
import { builtInDecoder } from '../decoders/built-in.js'
import { tempFolder } from '../testing/temp-folder.js'
import { checkContract } from './check.js'
import { contract } from './contract.js'
import { localExaminer, processExaminer } from './examiner.js'

const topK = builtInDecoder('top-k')!

describe('one cause is said once', () => {
  test('of a decoder that does the same wrong everywhere, with every property that it touches', async () => {
    const throwing = {
      ...topK,
      decode() {
        throw new Error('no 12 of 7')
      },
    }
    const only = ['valid-answer', 'sparsity-extremes', 'no-state', 'orthogonal', 'across-processes']
    const { causes, properties } = await checkContract(localExaminer(throwing, 5000), { only, seconds: 1 })
    expect(causes).toEqual([
      {
        verdict: 'broken',
        properties: only.slice(0, 4),
        text: expect.stringMatching(/^N=1,k=0,d=1,.*: it threw: no 12 of 7; replay: /),
      },
      { verdict: 'does not apply', properties: ['across-processes'], text: 'it runs in this thread' },
    ])
    expect(properties.map(({ counterexample }) => counterexample !== undefined)).toEqual(
      only.map((_, i) => i < 4),
    )
  })

  test('of one that is right here and wrong there, each by itself', async () => {
    const wrong = {
      ...topK,
      decode: (p: Parameters<typeof topK.decode>[0]) =>
        p.k === 1 ? [] : p.k === 2 ? [0, 0] : topK.decode(p),
    }
    const { causes } = await checkContract(localExaminer(wrong, 5000), {
      only: ['sparsity-extremes', 'no-state', 'valid-answer'],
    })
    const texts = causes.map(({ text }) => text)
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts.join()).toMatch(/answered with 0 indices|named codeword 0 twice/)
  })
})

describe('answers that never come count towards the time', { tags: ['slow'] }, () => {
  const files = tempFolder()
  const never = [
    ['settles', 'decode: () => new Promise(() => {})'],
    ['returns', 'decode() { for (;;) {} }'],
    ['goes on after a while', 'decode: async () => { await new Promise((later) => setTimeout(later, 1e6)) }'],
  ] as const
  test.each(never)('a decoder that never %s is examined no longer than that', async (name, body) => {
    const path = files.write(`${name.replaceAll(' ', '-')}.mjs`, `export default { name: 'never', ${body} }`)
    const examiner = await processExaminer(path, { timeLimit: 100, startupLimit: 1500 })
    const { causes, passed } = await checkContract(examiner, { seconds: 1, limit: 20 }).finally(() =>
      examiner.close(),
    )
    expect(passed).toBe(false)
    expect(causes).toEqual([
      {
        verdict: 'broken',
        properties: ['valid-answer'],
        text: expect.stringContaining('did not answer within'),
      },
      {
        verdict: 'not examined',
        properties: contract.slice(1).map(({ id }) => id),
        text: expect.stringMatching(/^it answered nothing before$|^the time was up/),
      },
    ])
  })

  test('one that is too slow for its time is not examined, and not blamed', async () => {
    const path = files.write(
      'slow.mjs',
      `export default { name: 'slow', decode: () => new Promise((later) => setTimeout(later, 4e5, [])) }`,
    )
    const examiner = await processExaminer(path, { timeLimit: 1e6 })
    const { causes } = await checkContract(examiner, { seconds: 0.1, limit: 0.2 }).finally(() =>
      examiner.close(),
    )
    expect(causes).toEqual([
      {
        verdict: 'not examined',
        properties: contract.map(({ id }) => id),
        text: 'the time was up before it answered: give the check more seconds',
      },
    ])
  })

  test('one that cannot be loaded a second time is blamed for that', async () => {
    const path = files.write(
      'once.mjs',
      `import { existsSync, writeFileSync } from 'node:fs'
       const mark = new URL('./mark', import.meta.url)
       if (existsSync(mark)) throw new Error('there can be only one')
       writeFileSync(mark, '')
       export default { name: 'once', decode({ dictionary, code, k }) {
         const scores = dictionary.correlate(code)
         return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
       } }`,
    )
    const examiner = await processExaminer(path, { timeLimit: 5000 })
    const { causes } = await checkContract(examiner, {
      only: ['valid-answer', 'across-processes', 'fresh-process'],
    }).finally(() => examiner.close())
    expect(causes.map(({ verdict, properties }) => [verdict, properties])).toEqual([
      ['broken', ['across-processes']],
      ['broken', ['fresh-process']],
    ])
    expect(causes[0].text).toContain('there can be only one')
    expect(causes[1].text).toContain('cannot be started again')
  })
})
