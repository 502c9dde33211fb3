import { expect, test } from 'vitest'
import { countingSuccess } from './counting-bound.js'
import { plan } from './plan.js'
import { mostSuccess, readings } from './readings.js'

const at = plan({ N: 2 ** 20, k: 28, p: 0.01 })
const answers = (d: number) =>
  Object.fromEntries(readings(at, d).map(({ decoder, answer }) => [decoder, answer]))

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
  const even = readings(at, 1500).find(({ decoder }) => decoder === 'top-k')!
  expect(even).toMatchObject({ by: 'law', reached: { id: 'top-k-d50' }, missed: { id: 'top-k-finite' } })
  const proved = readings(at, 3541).find(({ decoder }) => decoder === 'threshold')!
  expect(proved).toMatchObject({ by: 'guarantee', reached: { id: 'threshold-union' } })
  expect(proved).not.toHaveProperty('missed')
})

test('no decoder exceeds what ideal decoding can do, whatever the size of k', () => {
  expect(mostSuccess(2 ** 20, 28, 120)).toBeLessThan(0.01)
  expect(mostSuccess(2 ** 20, 28, 145)).toBe(1)
  expect(mostSuccess(2 ** 40, 2 ** 20, 1e6)).toBeCloseTo(countingSuccess(2 ** 40, 2 ** 20, 1e6), 12)
})

test('a dimension that is none is refused', () => {
  for (const d of [0, Infinity])
    expect(() => readings(at, d)).toThrow(new RangeError(`d must be a positive number, not ${d}`))
})
