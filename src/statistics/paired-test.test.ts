import { describe, expect, test } from 'vitest'
import { testPairs } from './paired-test.js'
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
