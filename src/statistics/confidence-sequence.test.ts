import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, test } from 'vitest'
import { binomialInterval } from './binomial-interval.js'
import { rateSequence } from './confidence-sequence.js'

const counts = fc
  .integer({ min: 1, max: 3000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

function sequenceOf(successes: number, trials: number, alpha: number) {
  const sequence = rateSequence(alpha)
  sequence.updateMany(successes, trials)
  return sequence
}

describe('rateSequence', () => {
  test('its ends are where the evidence reaches 1/α, also at 1e-9', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0.3, 0.05, 1e-9), ([successes, trials], alpha) => {
        const sequence = sequenceOf(successes, trials, alpha)
        const { point, interval, confidence } = sequence.interval()
        expect(point).toBe(successes / trials)
        expect(confidence).toBe(1 - alpha)
        if (successes === 0) expect(interval[0]).toBe(0)
        else expect(sequence.logEvidence(interval[0])).toBeCloseTo(-Math.log(alpha), 8)
        if (successes === trials) expect(interval[1]).toBe(1)
        else expect(sequence.logEvidence(interval[1])).toBeCloseTo(-Math.log(alpha), 8)
      }),
      { seed: 8, numRuns: 100 },
    )
  })

  test('is nested in α, and wider than the interval for a fixed number of trials', () => {
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const wide = sequenceOf(successes, trials, 1e-9).interval().interval
        const narrow = sequenceOf(successes, trials, 0.05).interval().interval
        const fixed = binomialInterval(successes, trials, 0.95).interval
        expect(wide[0]).toBeLessThanOrEqual(narrow[0])
        expect(wide[1]).toBeGreaterThanOrEqual(narrow[1])
        expect(narrow[1] - narrow[0]).toBeGreaterThan(fixed[1] - fixed[0])
      }),
      { seed: 9, numRuns: 100 },
    )
  })

  test('does not care for the order of outcomes or for batches', () => {
    const single = rateSequence(0.05)
    for (const success of [true, false, false, true, false]) single.update(success)
    expect(single.interval()).toEqual(sequenceOf(2, 5, 0.05).interval())
    expect([single.successes, single.trials]).toEqual([2, 5])
  })

  test('knows nothing at first', () => {
    expect(rateSequence(0.05).interval()).toEqual({ point: 0.5, interval: [0, 1], confidence: 0.95 })
  })

  test('misses the rate at any time in at most a share α of runs', () => {
    const alpha = 0.1
    const runs = 2000
    const random = seedrandom.alea('rate sequence')
    let misses = 0
    for (let run = 0; run < runs; run++) {
      const rate = run % 2 ? 0.5 : 0.05
      const sequence = rateSequence(alpha)
      for (let n = 0; n < 300; n++) {
        sequence.update(random() < rate)
        if (sequence.logEvidence(rate) >= -Math.log(alpha)) {
          misses++
          break
        }
      }
    }
    expect(binomialInterval(misses, runs, 1 - 2e-6).interval[0]).toBeLessThanOrEqual(alpha)
    expect(misses).toBeGreaterThan(20)
  })

  test.each([0, 1, -1, Number.NaN])('refuses α = %d', (alpha) => {
    expect(() => rateSequence(alpha)).toThrow(RangeError)
  })

  test('refuses wrong mixtures, counts and rates', () => {
    expect(() => rateSequence(0.1, { a: 0, b: 1 })).toThrow(RangeError)
    expect(() => rateSequence(0.1, { a: 1, b: Number.POSITIVE_INFINITY })).toThrow(RangeError)
    expect(() => rateSequence(0.1).updateMany(3, 2)).toThrow(RangeError)
    expect(() => rateSequence(0.1).logEvidence(1)).toThrow(RangeError)
  })
})
