import { expect, test } from 'vitest'
import { synthetic } from '../../testing/synthetic-sampler.js'
import { timeLeftError } from '../../testing/time-left.js'
import { recordBaseline } from './record-baseline.js'

const cell = { N: 256, k: 8, method: 'simulation' } as const

test.each([
  ['a fine tolerance', [{ ...cell, tolerance: 0.02 }]],
  ['a wide one', [{ ...cell, tolerance: 0.3 }]],
  [
    'both, the first of which takes half of what was thought',
    [
      { ...cell, tolerance: 0.02, seconds: 61.5 },
      { ...cell, k: 9, tolerance: 0.2, seconds: 2.1 },
    ],
  ],
])('the time left is right to a factor of two: %s', async (_, cells) => {
  const record = timeLeftError(synthetic({ dimension: 200 }), (sampler, onProgress) =>
    recordBaseline([sampler], { cells, onProgress }),
  )
  expect(await record).toBeLessThan(2)
})
