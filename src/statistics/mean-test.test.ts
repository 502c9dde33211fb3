import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { binomialInterval } from './binomial-interval.js'
import { powerOfMeanTest } from './mean-power.js'
import { meanSequence } from './mean-sequence.js'
import { testMean } from './mean-test.js'
import { trialsToDetect } from './power.js'
import type { Side } from './rate-rule.js'

const unit = evenly(0, 1)
const bar = evenly(0.05, 0.95)
const side = fc.constantFrom<Side>('above', 'below', 'either')

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
    const { above } = powerOfMeanTest({
      ...options,
      cap,
      sample: [1, 1, 1, 1, 1, 1, 1, 0, 0, 0],
      seed: 'a',
      runs: 400,
    })
    expect(above.interval[1]).toBeGreaterThan(0.9)
  })

  test('needs far fewer when the values vary less', () => {
    const options = { bar: 0.5, side: 'above' as const, alpha: 1e-6, cap: 1000, runs: 20 }
    const rates = powerOfMeanTest({ ...options, sample: [1, 1, 1, 0, 0], seed: 'b' })
    const means = powerOfMeanTest({ ...options, sample: [0.5, 0.6, 0.7], seed: 'b' })
    expect(means.above.point).toBe(1)
    expect(means.expectedTrials.point * 4).toBeLessThan(rates.expectedTrials.point)
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

describe('powerOfMeanTest', () => {
  test('is a matter of the seed alone', () => {
    const options = { bar: 0.5, alpha: 0.1, cap: 50, sample: [0.2, 0.9], runs: 30 }
    const power = powerOfMeanTest({ ...options, seed: 'one' })
    expect(powerOfMeanTest({ ...options, seed: 'one' })).toEqual(power)
    expect(powerOfMeanTest({ ...options, seed: 'two' })).not.toEqual(power)
    expect(power.above.point + power.below.point + power.undecided.point).toBeCloseTo(1, 12)
  })
})

describe('meanSequence', () => {
  test('agrees with the test of every bar, and is nested in α', () => {
    const random = seedrandom.alea('mean sequence')
    const wide = meanSequence(1e-9)
    const narrow = meanSequence(0.05)
    expect(narrow.interval()).toEqual({ point: 0.5, interval: [0, 1], confidence: 0.95 })
    const values = Array.from({ length: 120 }, () => random() ** 2)
    for (const value of values) {
      wide.update(value)
      narrow.update(value)
    }
    const { interval, point } = narrow.interval()
    expect(point).toBeCloseTo(values.reduce((a, b) => a + b) / 120, 12)
    expect(wide.interval().interval[0]).toBeLessThan(interval[0])
    expect(wide.interval().interval[1]).toBeGreaterThan(interval[1])
    const verdictAfterAll = (m: number) => {
      const running = testMean({ bar: m, alpha: 0.05, cap: 120 })
      for (const value of values) if (!running.done) running.update(value)
      return running.verdict
    }
    expect(verdictAfterAll(interval[0] - 1e-6)).toBe('above')
    expect(verdictAfterAll(interval[1] + 1e-6)).toBe('below')
    expect(narrow.trials).toBe(120)
  })

  test('reads constant values, all 0 and all 1', () => {
    for (const constant of [0, 0.3, 1]) {
      const sequence = meanSequence(0.05)
      for (let i = 0; i < 200; i++) sequence.update(constant)
      const [lower, upper] = sequence.interval().interval
      expect(lower).toBeLessThanOrEqual(constant)
      expect(upper).toBeGreaterThanOrEqual(constant)
      expect(upper - lower).toBeLessThan(0.04)
    }
  })

  test('refuses values outside [0, 1]', () => {
    expect(() => meanSequence(0.05).update(-0.1)).toThrow(RangeError)
    expect(() => meanSequence(0.05).update(Number.NaN)).toThrow(RangeError)
    expect(() => meanSequence(1)).toThrow(RangeError)
  })
})
