import { describe, expect, test } from 'vitest'
import { builtInDecoder, builtInDecoders } from '../decoders/built-in.js'
import { faults } from '../sensitivity/mutants/faults.js'
import { rewrites } from '../sensitivity/mutants/rewrites.js'
import { inSuites } from '../testing/suites.js'
import { tempFolder } from '../testing/temp-folder.js'
import { assertDecoderContract } from './assert-decoder-contract.js'
import { checkContract } from './check.js'
import { contract, ruleProperties } from './contract.js'
import { localExaminer, processExaminer } from './examiner.js'

const topK = builtInDecoder('top-k')!
const small = contract.map(({ id }) => id).filter((id) => id !== 'beyond-16-bits')

test.each(builtInDecoders)('$name keeps the contract', async (decoder) => {
  await assertDecoderContract(decoder, { seconds: 0.02, instances: 1, only: small })
})

const pairs = ['top-k', 'matching-pursuit'].flatMap((name) => {
  const decoder = builtInDecoder(name)!
  return rewrites(name).map((rewrite) => ({ name, rewrite: rewrite.id, decoder: rewrite.apply(decoder) }))
})
test.each(pairs)('$name rewritten as $rewrite keeps it', async ({ decoder }) => {
  await assertDecoderContract(decoder, { seconds: 0.02, instances: 1, only: small })
})

describe('a planted fault breaks the property that it should, and the counterexample says how', () => {
  const planted = [
    [
      'duplicate',
      'valid-answer',
      /^N=\d+,k=\d+,d=\d+,codewords=\w+,trial=\d+: it named codeword \d+ twice; .*; replay: /,
    ],
    ['changes-code', 'inputs-unchanged', /^N=1,k=1,d=1,.*: it changed the code; replay: /],
    [
      'unseeded-noise-1',
      'same-answer',
      /only one holds \d+ \(it calls Math.random; only problem.random is seeded\)/,
    ],
    ['stale-answer', 'no-state', /answers a problem otherwise after another one of the same shape/],
    ['wrong-at-3', 'orthogonal', /reads \{[\d,]+\} as \{[\d,]+\}/],
    ['drops-10', 'odd-dimension', /^N=\d+,k=\d+,d=\d+/],
    ['drops-50', 'incoherent', /reads \{/],
    [
      'stale-dictionary',
      'permuted-codewords',
      /reads a problem right, but not with the codewords in another order/,
    ],
    ['wrong-sign-20', 'permuted-coordinates', /with the coordinates in another order/],
    ['16-bit-index', 'beyond-16-bits', /right, but not with its subset moved beyond 2\^16/],
  ] as const
  for (const { cases, tags } of inSuites(planted, 9)) {
    test.each(cases)('%s: %s', { tags }, async (id, property, text) => {
      const fault = faults.find((one) => one.id === id)!
      const examiner = localExaminer(fault.apply(topK), 5000)
      const { passed, properties } = await checkContract(examiner, { only: [property] })
      expect(passed).toBe(false)
      expect(properties).toEqual([
        {
          id: property,
          statement: expect.any(String),
          verdict: 'broken',
          passed: false,
          runs: expect.any(Number),
          counterexample: expect.stringMatching(text),
        },
      ])
    })
  }

  test('scores-agree is broken where a better score is left out, and is of scores alone', async () => {
    const scored = (sign: number) => ({
      name: 'scored',
      decode(p: Parameters<typeof topK.decode>[0]) {
        return {
          list: Array.from(topK.decode(p) as number[]),
          scores: p.dictionary.correlate(p.code.map((x) => sign * x)),
        }
      },
    })
    const only = { only: ['scores-agree'] }
    await expect(assertDecoderContract(scored(-1), only)).rejects.toThrow(
      /names \d+, of score -?[\d.]+, and leaves out \d+, of score/,
    )
    await assertDecoderContract(scored(1), only)
    const { properties } = await checkContract(localExaminer(topK, 5000), only)
    expect(properties[0]).toMatchObject({ verdict: 'does not apply', note: 'it answers with lists alone' })
  })

  test('flipped-coordinates and sparsity-extremes are broken by decoders that they are about', async () => {
    const magnitudes = {
      ...topK,
      decode: (p: Parameters<typeof topK.decode>[0]) => topK.decode({ ...p, code: p.code.map(Math.abs) }),
    }
    const needsTwo = {
      ...topK,
      decode: (p: Parameters<typeof topK.decode>[0]) => (p.k === 1 ? [] : topK.decode(p)),
    }
    await expect(assertDecoderContract(magnitudes, { only: ['flipped-coordinates'] })).rejects.toThrow(
      'coordinates flipped',
    )
    await expect(assertDecoderContract(needsTwo, { only: ['sparsity-extremes'] })).rejects.toThrow(
      /^top-k breaks the decoder contract:\n {2}sparsity-extremes: N=1,k=0,.*: it answered with 0 indices, not k = 1; replay: drawInstance\(/,
    )
  })
})

test('a randomised decoder, and one that hangs on rounding, are not blamed for luck', async () => {
  const dice = {
    ...topK,
    sizeVaries: true,
    decode: (p: Parameters<typeof topK.decode>[0]) => (p.random() < 0.5 ? [] : topK.decode(p)),
  }
  const lastBit = {
    ...topK,
    sizeVaries: true,
    decode(p: Parameters<typeof topK.decode>[0]) {
      const sum = p.code.reduce((total, x) => total + x * x, 0)
      return new Uint8Array(Float64Array.of(sum).buffer)[0] & 1 ? [] : topK.decode(p)
    },
  }
  for (const decoder of [dice, lastBit]) {
    await assertDecoderContract(decoder, {
      only: ['permuted-codewords', 'permuted-coordinates', 'flipped-coordinates'],
      seconds: 0.15,
    })
  }
})

test('a promise that is not made does not apply, and that is said', async () => {
  const { properties } = await checkContract(localExaminer(builtInDecoder('cosamp')!, 5000), {
    only: ['incoherent'],
  })
  expect(properties[0]).toMatchObject({
    verdict: 'does not apply',
    passed: true,
    runs: 0,
    note: 'it promises none',
  })
})

describe('in a process of its own', () => {
  const files = tempFolder()
  const file = (name: string, body: string) =>
    files.write(
      `${name}.mjs`,
      `let turn = 0
       const right = ({ dictionary, code, k }) => {
         const scores = dictionary.correlate(code)
         return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
       }
       export default { name: '${name}', decode(problem) { turn++; ${body} ; return right(problem) } }`,
    )
  const check = async (path: string, only: string[]) => {
    const examiner = await processExaminer(path, { timeLimit: 200, startupLimit: 2000 })
    try {
      return (await checkContract(examiner, { only })).properties
    } finally {
      await examiner.close()
    }
  }

  test('what hangs or ends its process is told apart, in bounded time, and the next property goes on', {
    tags: ['slow'],
  }, async () => {
    const hang = await check(file('hang', 'if (problem.k === 2) for (;;) {}'), ['valid-answer', 'no-state'])
    expect(hang[0].counterexample).toMatch(
      /^N=\d+,k=2,.*: it did not answer within \d+\.\d* s; replay: dpb check .*hang.mjs --seed 1 --replay valid-answer:N=/,
    )
    expect(hang[1].runs).toBeGreaterThan(0)
    const [exits] = await check(file('exits', 'if (problem.k > 2) process.exit(7)'), ['valid-answer'])
    expect(exits.counterexample).toMatch(/: it ended its process with exit code 7; replay/)
    const [throws] = await check(file('throws', 'if (problem.k > 2) throw new TypeError("no\\nidea")'), [
      'valid-answer',
    ])
    expect(throws.counterexample).toMatch(/^N=3,k=3,d=1,.*: it threw: no \(throws\.mjs:6\); replay/)
  })

  test('what only happens after other problems is said to', { tags: ['slow'] }, async () => {
    const [report] = await check(file('tired', 'if (turn > 9) return []'), ['valid-answer'])
    expect(report.counterexample).toMatch(
      /: it answered with 0 indices, not k = \d+, but only after other problems: it carries state/,
    )
  })
})

test('what was not examined has not passed; what breaks the examination itself is an error of the run', async () => {
  const refusing = { ...topK, refuses: () => 'not today' }
  const { passed, properties } = await checkContract(localExaminer(refusing, 5000), { seconds: 0.5 })
  expect(passed).toBe(false)
  const ofRule = properties.filter(({ id }) => ruleProperties.some((one) => one.id === id))
  for (const { verdict, note } of properties.filter((one) => !ofRule.includes(one))) {
    expect([verdict, note]).toEqual(['does not apply', expect.any(String)])
  }
  for (const { id, verdict, runs, note } of ofRule) {
    const refusable = id === 'beyond-16-bits'
    expect({ id, verdict, runs }).toEqual({
      id,
      verdict: refusable ? 'does not apply' : 'not examined',
      runs: 0,
    })
    expect(note).toContain('not today')
  }
  await expect(assertDecoderContract(refusing, { only: ['valid-answer'] })).rejects.toThrow('not examined')
  const examiner = localExaminer(topK, 5000)
  const broken = { ...examiner, examine: () => Promise.reject(new Error('no disk')) }
  await expect(checkContract(broken, { only: ['valid-answer'] })).rejects.toThrow('no disk')
})

test.each([
  [
    'throws in refuses',
    {
      refuses: () => {
        throw new Error('oh')
      },
    },
    /it threw in refuses: oh/,
  ],
  [
    'throws a thing without a prototype',
    {
      decode: () => {
        throw Object.create(null)
      },
    },
    /it threw: a value that has no text/,
  ],
  [
    'promises what is no number',
    { coherenceGuarantee: () => 'much' as never },
    /gives no number for its coherenceGuarantee/,
  ],
])('a decoder that %s breaks the contract', async (_, change, message) => {
  const only = ['coherenceGuarantee' in change ? 'incoherent' : 'valid-answer']
  const { properties } = await checkContract(localExaminer({ ...topK, ...change }, 5000), { only })
  expect(properties[0]).toMatchObject({ verdict: 'broken', counterexample: expect.stringMatching(message) })
})
