import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { evidenceAbove, evidenceBelow, tunedPrior } from './beta-mixture.js'
import type { Side } from './rate-rule.js'
import { testRate } from './sequential-test.js'

const options = fc.record({
  bar: evenly(0.01, 0.99),
  side: fc.constantFrom<Side>('above', 'below', 'either'),
  alpha: fc.constantFrom(0.5, 0.05, 1e-9),
  cap: fc.integer({ min: 1, max: 200 }),
})

describe('testRate', () => {
  test('decides at the first trial at which a mixture has gained 1/α', () => {
    fc.assert(
      fc.property(options, evenly(0, 1), fc.nat(), (given, rate, seed) => {
        const random = seedrandom.alea(`${seed}`)
        const running = testRate(given)
        const share = given.side === 'either' ? given.alpha / 2 : given.alpha
        const prior = tunedPrior(given.bar, Math.ceil(given.cap / 2), share)
        let successes = 0
        for (let n = 1; !running.done; n++) {
          const success = random() < rate
          successes += success ? 1 : 0
          const evidence = (mixture: typeof evidenceAbove) =>
            mixture(given.bar, prior)(successes, n - successes)
          const above = given.side !== 'below' && evidence(evidenceAbove) >= -Math.log(share)
          const below = given.side !== 'above' && evidence(evidenceBelow) >= -Math.log(share)
          expect(running.update(success)).toBe(above ? 'above' : below ? 'below' : 'undecided')
          expect(running.done).toBe(above || below || n === given.cap)
          expect([running.trials, running.successes]).toEqual([n, successes])
        }
      }),
      { seed: 10, numRuns: 50 },
    )
  })

  test('its interval lies on the side of the bar that the verdict names, and around the bar if undecided', () => {
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 3000 }), evenly(0, 1), (given, n, share) => {
        const running = testRate(given)
        expect(running.estimate().interval).toEqual([0, 1])
        const verdict = running.updateMany(Math.round(n * share), n)
        const { point, interval } = running.estimate()
        expect(point).toBe(Math.round(n * share) / n)
        expect(interval[0] >= given.bar ? 'above' : interval[1] <= given.bar ? 'below' : 'undecided').toBe(
          verdict,
        )
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  test('is over once it has decided, or at its cap', () => {
    const decided = testRate({ bar: 0.5, alpha: 0.05, cap: 100 })
    expect(decided.updateMany(20, 20)).toBe('above')
    expect(() => decided.update(true)).toThrow(/over/)
    const capped = testRate({ bar: 0.5, alpha: 0.05, cap: 2 })
    capped.updateMany(1, 2)
    expect([capped.done, capped.verdict]).toEqual([true, 'undecided'])
    expect(() => capped.update(true)).toThrow(RangeError)
  })

  test.each([
    [{ bar: 0, alpha: 0.1, cap: 1 }, /bar/],
    [{ bar: 0.5, alpha: 0.6, cap: 1 }, /alpha/],
    [{ bar: 0.5, alpha: 0.1, cap: 0 }, /cap/],
    [{ bar: 0.5, alpha: 0.1, cap: 1, horizon: 0.5 }, /horizon/],
  ])('refuses %j', (wrong, message) => {
    expect(() => testRate(wrong)).toThrow(RangeError)
    expect(() => testRate(wrong)).toThrow(message)
  })
})
