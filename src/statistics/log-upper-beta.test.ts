import fc from 'fast-check'
import { all, create } from 'mathjs'
import { describe, expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { betainc, betaln } from '../numerics/special/beta.js'
import { logUpperBeta } from './log-upper-beta.js'

const { bignumber, combinations } = create(all, { number: 'BigNumber', precision: 64 })

/** ln P(θ > x) for θ ~ Beta(a, b). */
const logTail = (x: number, a: number, b: number) => logUpperBeta(x, a, b) - betaln(a, b)

describe('logUpperBeta', () => {
  test('normalised is the binomial sum for whole numbers, far below the smallest double too', () => {
    // P(Beta(a, b) > x) = P(Bin(a + b − 1, x) ≤ a − 1).
    const exact = (x: number, a: number, b: number) => {
      const n = a + b - 1
      let sum = bignumber(0)
      for (let i = 0; i < a; i++)
        sum = sum.plus(
          bignumber(combinations(bignumber(n), bignumber(i)))
            .times(bignumber(x).pow(i))
            .times(
              bignumber(1)
                .minus(x)
                .pow(n - i),
            ),
        )
      return Number(sum.ln())
    }
    for (const [x, a, b] of [
      [0.5, 1, 1],
      [0.3, 4, 9],
      [0.9, 4, 9],
      [0.999, 3, 200],
      [0.99, 2, 300],
      [0.05, 12, 3],
      [0.5, 60, 60],
    ])
      expect((logTail(x, a, b) - exact(x, a, b)) / (1 - exact(x, a, b))).toBeCloseTo(0, 13)
    expect(logTail(0.99, 2, 300)).toBeLessThan(Math.log(Number.MIN_VALUE))
  })

  test('normalised is ln of the incomplete beta function where that can be had', () => {
    const shape = evenly(1e-3, 2000)
    fc.assert(
      fc.property(evenly(1e-6, 1 - 1e-6), shape, shape, (x, a, b) => {
        const tail = betainc(x, a, b, true, true)
        fc.pre(tail > 1e-290)
        expect(Math.expm1(logTail(x, a, b) - Math.log(tail))).toBeCloseTo(0, 11)
      }),
      { seed: 4, numRuns: 500 },
    )
  })
})
