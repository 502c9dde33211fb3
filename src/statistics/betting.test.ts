import fc from 'fast-check'
import { all, create } from 'mathjs'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { capitalAbove, capitalBelow } from './betting.js'

const { bignumber } = create(all, { number: 'BigNumber', precision: 64 })
const value = evenly(0, 1)
const bar = evenly(0.01, 0.99)

function play(capital: typeof capitalAbove, m: number, values: readonly number[]): number {
  const running = capital(m)
  for (const v of values) running.add(v)
  return running.log()
}

test('the capital is the mean of its bets, each a product', () => {
  fc.assert(
    fc.property(bar, fc.array(value, { maxLength: 40 }), (m, values) => {
      const bets = Array.from({ length: 15 }, (_, i) => {
        const stake = bignumber(1).div(
          bignumber(2)
            .pow(i - 4)
            .plus(1),
        )
        return values.reduce(
          (product, v) => product.times(stake.times(bignumber(v).div(m).minus(1)).plus(1)),
          bignumber(1),
        )
      })
      const exact = bets.reduce((sum, bet) => sum.plus(bet)).div(15)
      expect(play(capitalAbove, m, values)).toBeCloseTo(Number(exact.ln()), 11)
    }),
    { seed: 13, numRuns: 20 },
  )
})

test('no gain is to be expected at the bar, and only loss beyond it', () => {
  fc.assert(
    fc.property(bar, value, value, fc.array(value, { maxLength: 20 }), (m, one, other, past) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      fc.pre(low < m && m < high)
      const now = play(capitalAbove, m, past)
      const chance = (m - low) / (high - low)
      const next = (v: number) => Math.exp(play(capitalAbove, m, [...past, v]) - now)
      expect(chance * next(high) + (1 - chance) * next(low)).toBeCloseTo(1, 10)
      expect(next(low)).toBeLessThan(1)
    }),
    { seed: 14, numRuns: 200 },
  )
})

test('the capital falls as the bar rises, and betting below is betting above on the mirrored values', () => {
  fc.assert(
    fc.property(bar, bar, fc.array(value, { minLength: 1, maxLength: 30 }), (one, other, values) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      expect(play(capitalAbove, low, values)).toBeGreaterThanOrEqual(play(capitalAbove, high, values) - 1e-12)
      const mirrored = play(
        capitalAbove,
        1 - low,
        values.map((v) => 1 - v),
      )
      expect(play(capitalBelow, low, values)).toBe(mirrored)
    }),
    { seed: 15, numRuns: 100 },
  )
})
