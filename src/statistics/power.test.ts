import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { binomialInterval } from './binomial-interval.js'
import { powerOfRateTest, trialsToDetect } from './power.js'
import type { RateVerdict, Side } from './rate-rule.js'
import { testRate } from './sequential-test.js'

describe('powerOfRateTest', () => {
  test('is the sum over all sequences of outcomes', () => {
    const cap = 10
    for (const side of ['above', 'below', 'either'] as const) {
      const options = { bar: 0.4, side, alpha: 0.2, cap }
      const truth = 0.55
      const sums = { above: 0, below: 0, undecided: 0 }
      let expected = 0
      for (let sequence = 0; sequence < 2 ** cap; sequence++) {
        const outcomes = Array.from({ length: cap }, (_, i) => ((sequence >> i) & 1) === 1)
        const probability = outcomes.reduce((product, success) => product * (success ? truth : 1 - truth), 1)
        const running = testRate(options)
        while (!running.done) running.update(outcomes[running.trials])
        sums[running.verdict] += probability
        expected += probability * running.trials
      }
      const power = powerOfRateTest({ ...options, truth })
      expect(power.above).toBeCloseTo(sums.above, 12)
      expect(power.below).toBeCloseTo(sums.below, 12)
      expect(power.undecided).toBeCloseTo(sums.undecided, 12)
      expect(power.expectedTrials).toBeCloseTo(expected, 10)
    }
  })

  test('agrees with simulation', () => {
    const options = { bar: 0.5, alpha: 0.05, cap: 200 }
    const truth = 0.6
    const runs = 1000
    const random = seedrandom.alea('power')
    const ends: Record<RateVerdict, number> = { above: 0, below: 0, undecided: 0 }
    for (let run = 0; run < runs; run++) {
      const running = testRate(options)
      while (!running.done) running.update(random() < truth)
      ends[running.verdict]++
    }
    const power = powerOfRateTest({ ...options, truth })
    for (const verdict of ['above', 'below', 'undecided'] as const) {
      const [lower, upper] = binomialInterval(ends[verdict], runs, 1 - 1e-6).interval
      expect(power[verdict]).toBeGreaterThanOrEqual(lower)
      expect(power[verdict]).toBeLessThanOrEqual(upper)
    }
  })

  test('a wrong verdict is no likelier than α, at the bar itself and beyond it', () => {
    const share = evenly(0, 1)
    fc.assert(
      fc.property(
        evenly(0.02, 0.98),
        share,
        fc.constantFrom<Side>('above', 'below', 'either'),
        fc.constantFrom(0.5, 0.1, 1e-6),
        (bar, part, side, alpha) => {
          const options = { bar, side, alpha, cap: 500 }
          const atBar = powerOfRateTest({ ...options, truth: bar })
          expect(atBar.above + atBar.below).toBeLessThanOrEqual(alpha)
          expect(powerOfRateTest({ ...options, truth: bar * part }).above).toBeLessThanOrEqual(alpha)
          expect(powerOfRateTest({ ...options, truth: 1 - (1 - bar) * part }).below).toBeLessThanOrEqual(
            alpha,
          )
        },
      ),
      { seed: 12, numRuns: 40 },
    )
  })

  test.each([0, 0.1, 0.2, 0.4, 0.9])('what it says of a rate of %s are probabilities', (truth) => {
    for (const cap of [1, 521, 4330, 20_000, 20_001]) {
      const { above, below, undecided } = powerOfRateTest({ bar: 0.5, alpha: 1e-6, cap, truth })
      for (const probability of [above, below, undecided]) {
        expect(probability).toBeGreaterThanOrEqual(0)
        expect(probability).toBeLessThanOrEqual(1)
      }
    }
  })

  test('spends most of α when given the time', () => {
    const { above } = powerOfRateTest({
      bar: 0.5,
      truth: 0.5,
      side: 'above',
      alpha: 0.1,
      cap: 20_000,
      horizon: 50,
    })
    expect(above).toBeGreaterThan(0.07)
  })

  test('beyond 20,000 trials it bounds what it can no longer compute, closely', () => {
    const options = { bar: 0.5, alpha: 1e-6, truth: 0.52, horizon: 10_000 }
    const exact = powerOfRateTest({ ...options, cap: 20_000 })
    const bound = powerOfRateTest({ ...options, cap: 20_001 })
    expect([exact.exact, bound.exact]).toEqual([true, false])
    expect(bound.above).toBeLessThan(exact.above + 0.001)
    expect(bound.above).toBeGreaterThan(exact.above - 0.1)
    expect(bound.above + bound.below + bound.undecided).toBeGreaterThan(0.999)
    expect(bound.expectedTrials).toBeGreaterThan(exact.expectedTrials)
    expect(bound.expectedTrials).toBeLessThan(exact.expectedTrials * 1.1)
  })

  test('a rate of 0 or 1 is certain', () => {
    expect(powerOfRateTest({ bar: 0.5, truth: 1, alpha: 1e-6, cap: 100 })).toMatchObject({
      above: 1,
      below: 0,
    })
    expect(powerOfRateTest({ bar: 0.5, truth: 0, alpha: 1e-6, cap: 100 })).toMatchObject({
      above: 0,
      below: 1,
    })
  })

  test('refuses a truth that is no probability', () => {
    expect(() => powerOfRateTest({ bar: 0.5, truth: 1.1, alpha: 0.1, cap: 9 })).toThrow(RangeError)
  })
})

describe('trialsToDetect', () => {
  test.each([
    { bar: 0.5, truth: 0.6, alpha: 1e-6, power: 0.99 },
    { bar: 0.99, truth: 0.93, alpha: 1e-9, power: 0.999, side: 'below' as const },
    { bar: 0.9, truth: 1, alpha: 1e-9, power: 0.999 },
  ])('%j: that many suffice, and one less does not', (options) => {
    const cap = trialsToDetect(options)
    const verdict = options.truth > options.bar ? 'above' : 'below'
    expect(powerOfRateTest({ ...options, cap })[verdict]).toBeGreaterThanOrEqual(options.power)
    expect(powerOfRateTest({ ...options, cap: cap - 1 })[verdict]).toBeLessThan(options.power)
  })

  test('far beyond what can be computed exactly, it grows as 1/gap²', () => {
    const at = (gap: number) => trialsToDetect({ bar: 0.5, truth: 0.5 + gap, alpha: 1e-9, power: 0.999 })
    expect(at(0.0005) / at(0.005)).toBeCloseTo(100, -1)
  })

  test('refuses what no number of trials can show', () => {
    expect(() => trialsToDetect({ bar: 0.5, truth: 0.5, alpha: 0.1, power: 0.9 })).toThrow(RangeError)
    expect(() => trialsToDetect({ bar: 0.5, truth: 0.4, side: 'above', alpha: 0.1, power: 0.9 })).toThrow(
      RangeError,
    )
    expect(() => trialsToDetect({ bar: 0.5, truth: 0.4, alpha: 0.1, power: 1 })).toThrow(RangeError)
  })
})
