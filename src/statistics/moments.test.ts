import fc from 'fast-check'
import { all, create } from 'mathjs'
import { expect, test } from 'vitest'
import { momentsOf, noMoments } from './moments.js'

const { fraction } = create(all)
const values = fc.array(
  fc.integer({ min: 0, max: 1024 }).map((n) => n / 1024),
  { minLength: 1, maxLength: 80 },
)

test('moments are the exact ones', () => {
  fc.assert(
    fc.property(values, (values) => {
      const { count, mean, m2 } = momentsOf(values)
      expect(count).toBe(values.length)
      const exact = values.reduce((sum, v) => sum.add(fraction(v)), fraction(0)).div(values.length)
      const squares = values.reduce(
        (sum, v) => sum.add(fraction(v).sub(exact).pow(2) as typeof exact),
        fraction(0),
      )
      expect(mean).toBeCloseTo(Number(exact), 13)
      expect(m2).toBeCloseTo(Number(squares), 12)
    }),
    { seed: 3, numRuns: 100 },
  )
  expect(momentsOf([])).toEqual(noMoments)
})
