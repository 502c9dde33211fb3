import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { exp, logistic } from './exp.js'

test('exp is within 2 ulp of the engine’s', () => {
  const property = fc.property(evenly(-707.9, 709), (x) => {
    expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(2 * Number.EPSILON * Math.exp(x))
  })
  fc.assert(property, { seed: 1, numRuns: 2000 })
})

test('exp and the logistic function at their ends', () => {
  expect([0, -709, -Infinity, 710, Infinity].map(exp)).toEqual([1, 0, 0, Infinity, Infinity])
  expect(exp(Number.NaN)).toBeNaN()
  expect([-Infinity, -800, 0, 800, Infinity].map(logistic)).toEqual([0, 0, 0.5, 1, 1])
  for (const u of [-700, -3, 0.5, 20]) expect(logistic(u) * (1 + Math.exp(-u))).toBeCloseTo(1, 14)
})
