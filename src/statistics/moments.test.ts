import fc from 'fast-check'
import { all, create } from 'mathjs'
import { expect, test } from 'vitest'
import { mergeMoments, momentsOf, noMoments } from './moments.js'

const { fraction } = create(all)
const values = fc.array(
  fc.integer({ min: 0, max: 1024 }).map((n) => n / 1024),
  { maxLength: 40 },
)

test('moments merge to those of all values, which are the exact ones', () => {
  fc.assert(
    fc.property(values, values, (left, right) => {
      const all = [...left, ...right]
      const merged = mergeMoments(momentsOf(left), momentsOf(right))
      expect(merged.count).toBe(all.length)
      if (all.length === 0) return
      const mean = all.reduce((sum, v) => sum.add(fraction(v)), fraction(0)).div(all.length)
      const m2 = all.reduce((sum, v) => sum.add(fraction(v).sub(mean).pow(2) as typeof mean), fraction(0))
      for (const moments of [merged, momentsOf(all)]) {
        expect(moments.mean).toBeCloseTo(Number(mean), 13)
        expect(moments.m2).toBeCloseTo(Number(m2), 12)
      }
    }),
    { seed: 3, numRuns: 100 },
  )
})

test('nothing is neutral', () => {
  const some = momentsOf([0.25, 0.5, 1])
  expect(mergeMoments(noMoments, some)).toEqual(some)
  expect(mergeMoments(some, noMoments)).toEqual(some)
})
