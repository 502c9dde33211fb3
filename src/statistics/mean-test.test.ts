import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { bettingInterval } from './betting-interval.js'
import { binomialInterval } from './binomial-interval.js'
import { type MeanTestOptions, testMean } from './mean-test.js'
import { trialsToDetect } from './power.js'
import type { Side } from './rate-rule.js'

const unit = evenly(0, 1)
const bar = evenly(0.05, 0.95)
const side = fc.constantFrom<Side>('above', 'below', 'either')

/**
 * How many of so many tests say `above`, and how many values they take on average, where values are drawn from these
 * with replacement.
 */
function simulated(options: MeanTestOptions, sample: readonly number[], seed: string, runs: number) {
  const random = seedrandom.alea(seed)
  let [above, values] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const test = testMean(options)
    while (!test.done) test.update(sample[Math.floor(random() * sample.length)])
    if (test.verdict === 'above') above++
    values += test.trials / runs
  }
  return { above, values }
}

describe('testMean', () => {
  test('its interval lies on the side of the bar that the verdict names, and around the bar if undecided', () => {
    fc.assert(
      fc.property(bar, side, fc.constantFrom(0.3, 1e-6), unit, unit, (m, wanted, alpha, low, spread) => {
        const running = testMean({ bar: m, side: wanted, alpha, cap: 60 })
        expect(running.estimate().interval).toEqual([0, 1])
        for (let i = 0; !running.done; i++) running.update(low + (1 - low) * spread * ((i * 0.618) % 1))
        const { point, interval } = running.estimate()
        const [lower, upper] = interval
        expect(lower <= point && point <= upper).toBe(true)
        if (running.verdict === 'above') expect(lower).toBeGreaterThanOrEqual(m - 1e-9)
        else expect(lower).toBeLessThan(m)
        if (running.verdict === 'below') expect(upper).toBeLessThanOrEqual(m + 1e-9)
        else expect(upper).toBeGreaterThan(m)
      }),
      { seed: 16, numRuns: 60 },
    )
  })

  test('says what is not so in at most a share α of runs', () => {
    const alpha = 0.1
    const runs = 2000
    const random = seedrandom.alea('mean test')
    // Mean ½: half of the values uniform on [0.4, 0.6], the others 0 or 1.
    const draw = () => (random() < 0.5 ? 0.4 + 0.2 * random() : random() < 0.5 ? 0 : 1)
    let wrong = 0
    for (let run = 0; run < runs; run++) {
      const running = testMean({ bar: 0.5, alpha, cap: 80 })
      while (!running.done) running.update(draw())
      if (running.verdict !== 'undecided') wrong++
    }
    expect(binomialInterval(wrong, runs, 1 - 2e-6).interval[0]).toBeLessThanOrEqual(alpha)
    expect(wrong).toBeGreaterThan(20)
  })

  test('needs hardly more trials than the test of a rate when the values are 0 and 1', () => {
    const options = { bar: 0.5, side: 'above' as const, alpha: 1e-6 }
    const cap = Math.ceil(trialsToDetect({ ...options, truth: 0.7, power: 0.9 }) * 1.1)
    const { above } = simulated({ ...options, cap }, [1, 1, 1, 1, 1, 1, 1, 0, 0, 0], 'a', 400)
    expect(binomialInterval(above, 400, 0.99).interval[1]).toBeGreaterThan(0.9)
  })

  test('needs far fewer when the values vary less', () => {
    const options = { bar: 0.5, side: 'above' as const, alpha: 1e-6, cap: 1000 }
    const rates = simulated(options, [1, 1, 1, 0, 0], 'b', 20)
    const means = simulated(options, [0.5, 0.6, 0.7], 'b', 20)
    expect(means.above).toBe(20)
    expect(means.values * 4).toBeLessThan(rates.values)
  })

  test('is over once decided, and refuses values and options that are none', () => {
    const running = testMean({ bar: 0.5, alpha: 0.5, cap: 1 })
    expect(() => running.update(1.01)).toThrow(RangeError)
    running.update(1)
    expect(() => running.update(1)).toThrow(/over/)
    expect(() => testMean({ bar: 1, alpha: 0.1, cap: 1 })).toThrow(/bar/)
    expect(() => testMean({ bar: 0.5, alpha: 0, cap: 1 })).toThrow(/alpha/)
    expect(() => testMean({ bar: 0.5, alpha: 0.1, cap: 0.5 })).toThrow(/cap/)
  })
})

describe('bettingInterval', () => {
  const interval = (values: readonly number[], alpha: number) => bettingInterval(values, alpha / 2, alpha / 2)

  test('agrees with the test of every bar, and is nested in α', () => {
    const random = seedrandom.alea('mean sequence')
    const values = Array.from({ length: 120 }, () => random() ** 2)
    const { point, interval: narrow } = interval(values, 0.05)
    const { interval: wide } = interval(values, 1e-9)
    expect(point).toBeCloseTo(values.reduce((a, b) => a + b) / 120, 12)
    expect(wide[0]).toBeLessThan(narrow[0])
    expect(wide[1]).toBeGreaterThan(narrow[1])
    const verdictAfterAll = (m: number) => {
      const running = testMean({ bar: m, alpha: 0.05, cap: 120 })
      for (const value of values) if (!running.done) running.update(value)
      return running.verdict
    }
    expect(verdictAfterAll(narrow[0] - 1e-6)).toBe('above')
    expect(verdictAfterAll(narrow[1] + 1e-6)).toBe('below')
  })

  test('reads constant values, all 0 and all 1, and knows nothing of no values', () => {
    for (const constant of [0, 0.3, 1]) {
      const [lower, upper] = interval(Array(200).fill(constant), 0.05).interval
      expect(lower).toBeLessThanOrEqual(constant)
      expect(upper).toBeGreaterThanOrEqual(constant)
      expect(upper - lower).toBeLessThan(0.04)
    }
    expect(interval([], 0.05)).toEqual({ point: 0.5, interval: [0, 1], confidence: 0.95 })
  })
})
