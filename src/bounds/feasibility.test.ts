import { expect, test } from 'vitest'
import { countingBound, countingSuccess } from './counting-bound.js'
import { answerText, feasibilities, mostSuccess } from './feasibility.js'
import { fittedLaws } from './fitted-rules.js'
import { idealConverse } from './ideal-converse.js'
import { plan } from './plan.js'

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
