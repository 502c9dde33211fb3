import fc from 'fast-check'
import { all, type BigNumber, create } from 'mathjs'
import { describe, expect, test } from 'vitest'
import { binomialInterval } from './binomial-interval.js'

const { bignumber } = create(all, { number: 'BigNumber', precision: 64 })

/** P(Bin(n, p) ≥ count), summed as it is written. */
function upperTail(n: number, count: number, p: number): BigNumber {
  const success = bignumber(p)
  const odds = success.div(bignumber(1).minus(success))
  let term = bignumber(1).minus(success).pow(n)
  let sum = bignumber(0)
  for (let s = 0; s <= n; s++) {
    if (s >= count) sum = sum.plus(term)
    term = term
      .times(n - s)
      .div(s + 1)
      .times(odds)
  }
  return sum
}

const counts = fc
  .integer({ min: 1, max: 120 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('binomialInterval', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), Table I,
  // method 5.
  test.each([
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
  ])('%i of %i gives the published interval', (successes, trials, lower, upper) => {
    const { interval } = binomialInterval(successes, trials, 0.95)
    expect(interval[0]).toBeCloseTo(lower, 4)
    expect(interval[1]).toBeCloseTo(upper, 4)
  })

  test('its ends solve the tail equations that define them, up to a confidence of 1 − 1e-9', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0.5, 0.95, 0.999, 1 - 1e-9), ([successes, trials], confidence) => {
        const { interval } = binomialInterval(successes, trials, confidence)
        const tail = (1 - confidence) / 2
        const relative = (value: BigNumber) => Math.abs(Number(value.div(tail).minus(1)))
        if (successes === 0) expect(interval[0]).toBe(0)
        else expect(relative(upperTail(trials, successes, interval[0]))).toBeLessThan(1e-12)
        if (successes === trials) expect(interval[1]).toBe(1)
        else {
          const lowerTail = bignumber(1).minus(upperTail(trials, successes + 1, interval[1]))
          expect(relative(lowerTail)).toBeLessThan(1e-12)
        }
      }),
      { seed: 1, numRuns: 40 },
    )
  })

  test('no success in n trials has the closed form 1 − tail^(1/n), also for a billion trials', () => {
    const upper = -Math.expm1(Math.log(0.5e-9) / 1e9)
    expect(binomialInterval(0, 1e9, 1 - 1e-9).interval[1] / upper).toBeCloseTo(1, 6)
  })

  test('covers every truth at least as often as it says, and hardly more often than it must', () => {
    const n = 30
    const intervals = Array.from({ length: n + 1 }, (_, s) => binomialInterval(s, n, 0.9).interval)
    const coverage = Array.from({ length: 99 }, (_, i) => {
      const p = (i + 1) / 100
      const tails = Array.from({ length: n + 2 }, (_, s) => Number(upperTail(n, s, p)))
      return intervals.reduce(
        (sum, [lower, upper], s) => sum + (lower <= p && p <= upper ? tails[s] - tails[s + 1] : 0),
        0,
      )
    })
    expect(Math.min(...coverage)).toBeGreaterThanOrEqual(0.9)
    expect(Math.min(...coverage)).toBeLessThan(0.91)
  })

  test.each([
    [1, 0, 0.95, /trials/],
    [3, 2, 0.95, /successes/],
    [-1, 2, 0.95, /successes/],
    [1.5, 2, 0.95, /successes/],
    [1, 2, 1, /confidence/],
    [1, 2, Number.NaN, /confidence/],
  ])('refuses %d of %d at %d', (successes, trials, confidence, message) => {
    expect(() => binomialInterval(successes, trials, confidence)).toThrow(RangeError)
    expect(() => binomialInterval(successes, trials, confidence)).toThrow(message)
  })
})
