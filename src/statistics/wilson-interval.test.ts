import { describe, expect, test } from 'vitest'
import { wilsonInterval } from './wilson-interval.js'

describe('wilsonInterval', () => {
  // Newcombe 1998, Table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i gives the published interval', (successes, trials, lower, upper) => {
    const { interval } = wilsonInterval(successes, trials, 0.95)
    expect(interval[0]).toBeCloseTo(lower, 4)
    expect(interval[1]).toBeCloseTo(upper, 4)
  })

  // z from tables of the normal law: Φ(1.959963984540054) = 0.975, Φ(6.109410204869) = 1 − 5e-10.
  test.each([
    [0.95, 1.959963984540054],
    [1 - 1e-9, 6.109410204869],
  ])(
    'at confidence %d both ends lie z standard errors of their own from the observed rate',
    (confidence, z) => {
      for (const [successes, trials] of [
        [1, 10],
        [37, 300],
        [299, 300],
        [0, 7],
        [7, 7],
      ]) {
        const { point, interval } = wilsonInterval(successes, trials, confidence)
        const ends = interval.filter((end) => end > 0 && end < 1)
        expect(ends).toHaveLength(point === 0 || point === 1 ? 1 : 2)
        for (const end of ends)
          expect(Math.abs(point - end) / Math.sqrt((end * (1 - end)) / trials)).toBeCloseTo(z, 7)
      }
    },
  )

  test('refuses counts that are none', () => {
    expect(() => wilsonInterval(3, 2, 0.95)).toThrow(RangeError)
    expect(() => wilsonInterval(0, 0, 0.95)).toThrow(RangeError)
  })
})
