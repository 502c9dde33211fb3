import seedrandom from 'seedrandom'
import { describe, expect, test } from 'vitest'
import { binomialInterval } from './binomial-interval.js'
import { powerOfPairedTest } from './paired-power.js'
import { testPairs } from './paired-test.js'
import type { Verdict } from './rate-rule.js'
import { testRate } from './sequential-test.js'

describe('testPairs', () => {
  test('looks at disagreeing pairs only', () => {
    const pairs = testPairs({ alpha: 0.01, cap: 200 })
    const wins = testRate({ bar: 0.5, alpha: 0.01, cap: 200, horizon: 10 })
    for (let i = 0; !pairs.done; i++) {
      expect(pairs.update(true, true)).toBe('undecided')
      expect(pairs.update(false, false)).toBe('undecided')
      const second = i % 6 !== 0
      expect(pairs.update(!second, second)).toBe(wins.update(second))
      expect(pairs.trials).toBe(3 * wins.trials)
      expect([pairs.gains, pairs.losses]).toEqual([wins.successes, wins.trials - wins.successes])
    }
    expect(pairs.verdict).toBe('above')
    expect(pairs.estimate()).toEqual(wins.estimate())
    expect(() => pairs.update(true, true)).toThrow(/over/)
  })

  test('gives up at its cap', () => {
    const pairs = testPairs({ alpha: 0.01, cap: 3 })
    for (let i = 0; i < 3; i++) pairs.update(true, i === 0)
    expect([pairs.done, pairs.verdict, pairs.losses]).toEqual([true, 'undecided', 2])
  })
})

describe('powerOfPairedTest', () => {
  test('is the sum over all sequences of pairs', () => {
    const options = { alpha: 0.4, cap: 8, horizon: 4, side: 'above' as const }
    const [disagreement, wins] = [0.6, 0.7]
    const chance = [1 - disagreement, disagreement * wins, disagreement * (1 - wins)]
    const sums: Record<Verdict, number> = { above: 0, below: 0, undecided: 0 }
    let expected = 0
    for (let sequence = 0; sequence < 3 ** options.cap; sequence++) {
      const outcomes = Array.from({ length: options.cap }, (_, i) => Math.floor(sequence / 3 ** i) % 3)
      const probability = outcomes.reduce((product, outcome) => product * chance[outcome], 1)
      const pairs = testPairs(options)
      while (!pairs.done) {
        const outcome = outcomes[pairs.trials]
        pairs.update(outcome === 2, outcome === 1)
      }
      sums[pairs.verdict] += probability
      expected += probability * pairs.trials
    }
    const power = powerOfPairedTest({ ...options, disagreement, wins })
    expect(sums.above).toBeGreaterThan(0.1)
    expect(power.above).toBeCloseTo(sums.above, 12)
    expect(power.below).toBe(0)
    expect(power.undecided).toBeCloseTo(sums.undecided, 12)
    expect(power.expectedTrials).toBeCloseTo(expected, 10)
  })

  test('agrees with simulation where disagreement is rare', () => {
    const options = { alpha: 0.01, cap: 2000 }
    const random = seedrandom.alea('pairs')
    const runs = 500
    let decided = 0
    for (let run = 0; run < runs; run++) {
      const pairs = testPairs(options)
      while (!pairs.done) {
        const disagree = random() < 0.05
        const second = random() < 0.7
        pairs.update(disagree && !second, disagree && second)
      }
      if (pairs.verdict === 'above') decided++
    }
    const { above } = powerOfPairedTest({ ...options, disagreement: 0.05, wins: 0.7 })
    const [lower, upper] = binomialInterval(decided, runs, 1 - 1e-6).interval
    expect(above).toBeGreaterThanOrEqual(lower)
    expect(above).toBeLessThanOrEqual(upper)
  })

  test('two equal rates are told apart no oftener than α', () => {
    const { above, below } = powerOfPairedTest({ alpha: 0.1, cap: 10_000, disagreement: 0.1, wins: 0.5 })
    expect(above + below).toBeLessThanOrEqual(0.1)
    expect(above).toBeCloseTo(below, 12)
  })

  test('refuses more disagreement than it can reckon with', () => {
    expect(() => powerOfPairedTest({ alpha: 0.1, cap: 1e6, disagreement: 0.5, wins: 0.5 })).toThrow(
      RangeError,
    )
    expect(() => powerOfPairedTest({ alpha: 0.1, cap: 10, disagreement: 0, wins: 0.5 })).toThrow(RangeError)
  })
})
