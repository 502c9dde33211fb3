import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChunkSizes, JOB_MS } from './chunk-sizes.js'

const shape = { N: 1024, k: 8, d: 128 }

test('jobs take 2 to 20 s once they are measured, and fewer trials only where no more are left or allowed', () => {
  const property = fc.property(
    fc.double({ min: 0.01, max: 5000, noNaN: true }),
    fc.integer({ min: 1, max: 1e6 }),
    fc.integer({ min: 0, max: 4096 }),
    (pace, left, threads) => {
      const sizes = new ChunkSizes(2 ** 16)
      let trials = 0
      for (let round = 0; round < 12; round++) {
        trials = sizes.next(shape, left, threads)
        sizes.measured(shape, trials, trials * pace)
      }
      const milliseconds = trials * pace
      expect(trials).toBeGreaterThanOrEqual(1)
      expect(trials).toBeLessThanOrEqual(Math.min(left, 2 ** 16))
      if (trials > 1) expect(milliseconds).toBeLessThanOrEqual(JOB_MS.most + pace)
      if (trials < left && trials < 2 ** 16) expect(milliseconds).toBeGreaterThanOrEqual(JOB_MS.least - pace)
    },
  )
  fc.assert(property, { seed: 1, numRuns: 200 })
})

test('little work is cut finely, much coarsely', () => {
  const sizes = new ChunkSizes(2 ** 16)
  sizes.measured(shape, 1000, 10_000)
  expect(sizes.next(shape, 1000, 2)).toBe(250)
  expect(sizes.next(shape, 400, 2)).toBe(200)
  expect(sizes.next(shape, 60_000, 2)).toBe(2000)
})
