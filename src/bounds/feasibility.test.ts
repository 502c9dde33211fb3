import { expect, test } from 'vitest'
import { countingBound, countingSuccess } from './counting-bound.js'
import { answerText, feasibilities, mostSuccess } from './feasibility.js'
import { fittedLaws } from './fitted-rules.js'
import { idealConverse } from './ideal-converse.js'
import { type PlannedBound, plan } from './plan.js'

const at = plan({ N: 2 ** 20, k: 28, p: 0.01 })
const answers = (d: number) =>
  Object.fromEntries(feasibilities(at, d).map(({ decoder, answer }) => [decoder, answer]))

test('the more dimensions, the more decoders read a code', () => {
  expect(new Set(Object.values(answers(128)))).toEqual(new Set(['impossible']))
  expect(answers(768)).toMatchObject({
    'amp-bernoulli': 'likely',
    bpdn: 'likely',
    'matching-pursuit': 'likely',
    'top-k': 'unlikely',
    threshold: 'unlikely',
  })
  expect(answers(1500)).toMatchObject({ 'top-k': 'even', 'map-threshold': 'even', threshold: 'unlikely' })
  expect(answers(3541)).toMatchObject({ 'top-k': 'proved', threshold: 'proved' })
})

test('an answer names the statements on both sides of it', () => {
  const even = feasibilities(at, 1500).find(({ decoder }) => decoder === 'top-k')!
  expect(even).toMatchObject({ by: 'law', reached: { id: 'top-k-d50' }, missed: { id: 'top-k-finite' } })
  const proved = feasibilities(at, 3541).find(({ decoder }) => decoder === 'threshold')!
  expect(proved).toMatchObject({ by: 'guarantee', reached: { id: 'threshold-union' } })
  expect(proved).not.toHaveProperty('missed')
})

test('it names the nearest of them, in whatever order the plan has them', () => {
  const lax = plan({ N: 2 ** 20, k: 28, p: 0.9 })
  const topK = (d: number) => feasibilities(lax, d).find(({ decoder }) => decoder === 'top-k')
  expect(topK(1400)).toMatchObject({ answer: 'likely', reached: { id: 'top-k-d50' } })
  expect(topK(700)).toMatchObject({ answer: 'unlikely', missed: { id: 'top-k-finite' } })
  const turned = { ...at, bounds: at.bounds.toReversed() }
  for (const d of [128, 768, 1500])
    expect(new Set(feasibilities(turned, d).map(({ answer, decoder }) => `${decoder} ${answer}`))).toEqual(
      new Set(Object.entries(answers(d)).map(([decoder, answer]) => `${decoder} ${answer}`)),
    )
})

test('decoders come in the order of the plan, without those of which nothing is said', () => {
  const others = [
    'amp-bernoulli',
    'amp-soft',
    'amp-soft-signed',
    'bpdn-unit',
    'bpdn-non-negative',
    'bpdn',
    'lasso-active-set',
    ...fittedLaws.map(({ decoder }) => decoder),
    'top-k',
    'map-threshold',
    'threshold',
  ]
  expect(Object.keys(answers(128))).toEqual(['maximum-likelihood', ...others])
  expect(Object.keys(answers(140))).toEqual(others)
  expect(answers(145)).toMatchObject({ 'maximum-likelihood': 'proved' })
  const beyond = feasibilities(plan({ N: 1e100, k: 1e50, p: 0.01 }), 1e52)
  const fitted = ['matching-pursuit', 'orthogonal-matching-pursuit']
  const named = fittedLaws.map(({ decoder }) => decoder).filter((decoder) => !fitted.includes(decoder))
  expect(beyond.map(({ decoder }) => decoder)).toEqual([
    'maximum-likelihood',
    ...others.filter((decoder) => !named.includes(decoder)),
  ])
  expect(new Set(beyond.slice(1).map(({ answer }) => answer))).toEqual(new Set(['unlikely']))
})

test('what counts is a law in its range, of this problem, for a decoder: one guarantee or law that is met', () => {
  const row = (id: string, dimension: number | null, more: Partial<PlannedBound> = {}): PlannedBound => ({
    id,
    kind: 'law',
    decoder: 'mine',
    source: 's',
    statement: 't',
    dimension,
    dimsPerBit: null,
    ...more,
  })
  const converse = row('least', 10, { kind: 'converse', decoder: 'any' })
  const said = (d: number, ...rows: PlannedBound[]) =>
    feasibilities({ N: 9, k: 2, p: 0.1, entropyBits: 5, bounds: [converse, ...rows] }, d)
  const law = row('law', 30)
  for (const other of [
    row('out', 20, { reason: 'out of its range' }),
    row('noisy', 20, { problem: 'with noise' }),
    row('anyone', 20, { decoder: 'any' }),
    row('needed', 20, { kind: 'converse' }),
  ])
    expect(said(25, other, law)).toEqual([{ decoder: 'mine', answer: 'unlikely', by: 'law', missed: law }])
  expect(said(9.9, law)).toEqual([{ decoder: 'mine', answer: 'impossible', by: 'converse' }])
  expect(said(10, law)[0].answer).toBe('unlikely')
  expect(said(30, law)).toEqual([{ decoder: 'mine', answer: 'likely', by: 'law', reached: law }])
  const [sure, every, rule] = [
    row('sure', 50, { kind: 'guarantee' }),
    row('every', 40, { kind: 'guarantee', problem: 'every subset' }),
    row('rule', 20, { kind: 'rule' }),
  ]
  expect(said(45, sure, every, law)).toEqual([
    { decoder: 'mine', answer: 'proved', by: 'guarantee', reached: every },
  ])
  expect(said(25, sure, rule, law)[0]).toMatchObject({ answer: 'unlikely', by: 'law' })
  expect(said(25, sure, rule)[0]).toMatchObject({ answer: 'likely', by: 'rule' })
  expect(said(45, sure)).toEqual([])
  const [low, middle, high] = [row('low', 20), row('middle', 30), row('high', 40)]
  expect(said(35, high, low, middle)).toEqual([
    { decoder: 'mine', answer: 'even', by: 'law', reached: middle, missed: high },
  ])
})

test('below the converse nothing is possible, at it even odds may be', () => {
  const [N, k] = [2 ** 40, 5000]
  const d = idealConverse(N, k)[0]
  const said = (d: number) => feasibilities(plan({ N, k, p: 0.01 }), d)[0].answer
  expect([said(d), said(d - 1)]).toEqual(['unlikely', 'impossible'])
})

test('no two answers read alike', () => {
  expect(new Set(Object.values(answerText)).size).toBe(5)
})

test('no decoder exceeds what ideal decoding can do, whatever the size of k', () => {
  expect(mostSuccess(2 ** 20, 28, 120)).toBeLessThan(0.01)
  expect(mostSuccess(2 ** 20, 28, 145)).toBeGreaterThan(0.999)
  expect(mostSuccess(2 ** 20, 28, 160)).toBe(1)
  const d = 0.9 * countingBound(2 ** 40, 4096)
  expect(mostSuccess(2 ** 40, 4096, d)).toBe(0)
  expect(mostSuccess(2 ** 40, 4097, d)).toBeGreaterThan(0.8)
  expect(mostSuccess(2 ** 40, 2 ** 20, 1e6)).toBeCloseTo(countingSuccess(2 ** 40, 2 ** 20, 1e6), 12)
})

test('a dimension that is none is refused', () => {
  for (const d of [0, Infinity])
    expect(() => feasibilities(at, d)).toThrow(new RangeError(`d must be a positive number, not ${d}`))
})
