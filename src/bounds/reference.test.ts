import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Golden, goldenPath, referenceDimensions } from '../testing/reference/golden-bounds.js'
import { failure, magnitude } from '../testing/regimes.js'
import { plan } from './plan.js'

/** Whole numbers are the same; laws agree as far as the reference's quadrature goes. */
function agrees({ dimensions, ...at }: Golden): void {
  const planned = Object.fromEntries(plan(at).bounds.map((bound) => [bound.id, bound]))
  for (const [id, dimension] of Object.entries(dimensions)) {
    const { kind, dimension: d, interval } = planned[id]
    const name = `${id} at N = ${at.N}, k = ${at.k}, p = ${at.p}`
    if (interval) expect(interval[0] <= dimension && dimension <= interval[1], name).toBe(true)
    else if (kind === 'law') expect(Math.abs(d! / dimension - 1), name).toBeLessThan(1e-6)
    else expect(d, name).toBe(dimension)
  }
}

test('thirteen bounds are what their definitions give, at drawn sizes', () => {
  const sizes = magnitude(8, 200).chain((N) =>
    fc.record({ N: fc.constant(N), k: fc.integer({ min: 2, max: Math.min(6, N >> 2) }), p: failure(1e-4) }),
  )
  fc.assert(
    fc.property(sizes, (at) => agrees(referenceDimensions(at))),
    { seed: 1, numRuns: 3 },
  )
})

test('the golden values, by `npm run golden`', () => {
  const golden: Golden[] = JSON.parse(readFileSync(goldenPath, 'utf8'))
  expect(golden.length).toBeGreaterThan(5)
  for (const at of golden) agrees(at)
  expect(referenceDimensions(golden[0])).toEqual(golden[0])
})
