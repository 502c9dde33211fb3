import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { empiricalBernsteinInterval } from './mean-interval.js'
import { momentsOf } from './moments.js'
import { successTail } from './success-tail.js'

const ones = (successes: number, trials: number) =>
  Array.from({ length: trials }, (_, i) => (i < successes ? 1 : 0))

/** The exact coverage of an interval for values that are 0 or 1, at the rate p. */
function coverage(interval: (values: number[]) => readonly [number, number], n: number, p: number): number {
  return Array.from({ length: n + 1 }, (_, s) => {
    const [lower, upper] = interval(ones(s, n))
    return lower <= p && p <= upper ? successTail(n, s, p) - successTail(n, s + 1, p) : 0
  }).reduce((sum, part) => sum + part, 0)
}

describe('empiricalBernsteinInterval', () => {
  test('is the bound of Maurer & Pontil, by hand for 50 of 100 at ln(4/α) = 10', () => {
    // V = 25/99: √(2 V · 10/100) + 70/(3 · 99).
    const half = Math.sqrt((2 * (25 / 99) * 10) / 100) + 70 / 297
    const { interval } = empiricalBernsteinInterval(ones(50, 100), 1 - 4 * Math.exp(-10))
    expect(interval[0]).toBeCloseTo(Math.max(0, 0.5 - half), 12)
    expect(interval[1]).toBeCloseTo(Math.min(1, 0.5 + half), 12)
  })

  test('covers every rate at least as often as it says', () => {
    const rates = [0.01, 0.05, 0.2, 0.5, 0.9, 0.99]
    for (const p of rates)
      expect(
        coverage((values) => empiricalBernsteinInterval(values, 0.9).interval, 60, p),
      ).toBeGreaterThanOrEqual(0.9)
  })
})

test('values and their moments give the same interval, nested in the confidence', () => {
  fc.assert(
    fc.property(fc.array(evenly(0, 1), { minLength: 2, maxLength: 50 }), (values) => {
      const inner = empiricalBernsteinInterval(values, 0.9)
      const outer = empiricalBernsteinInterval(momentsOf(values), 1 - 1e-9)
      expect(empiricalBernsteinInterval(momentsOf(values), 0.9)).toEqual(inner)
      expect(outer.interval[0]).toBeLessThanOrEqual(inner.interval[0])
      expect(outer.interval[1]).toBeGreaterThanOrEqual(inner.interval[1])
    }),
    { seed: 2, numRuns: 100 },
  )
})

test.each([
  [[0.5], 0.9],
  [[0.5, 1.5], 0.9],
  [[0.5, Number.NaN], 0.9],
  [[0.5, 0.5], 1],
])('refuses %j at confidence %d', (values, confidence) => {
  expect(() => empiricalBernsteinInterval(values, confidence)).toThrow(RangeError)
})
