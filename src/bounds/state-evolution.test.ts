import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { trapezoid } from '../numerics/roots-and-quadrature.js'
import { normalDensity } from '../statistics/normal.js'
import { relative } from '../testing/regimes.js'
import { softThresholdError, softThresholdStep } from './soft-threshold.js'
import { ampDimension, bernoulliStep, memberError, stateEvolution } from './state-evolution.js'
import { statisticalDimension } from './statistical-dimension.js'

/** E_g σ(−(s/2 + √s·g − L)) in mpmath, by a trapezoid in 30 digits whose step was halved until nothing changed. */
const golden: [s: number, L: number, value: number][] = [
  [20, 10.5, 0.5413696006100972],
  [2, 10.5, 0.999796834344613],
  [0.01, 10.5, 0.9999721875860595],
  [60, 10.5, 0.007139407263113645],
  [0.5, -3, 0.04616006283462434],
  [300, 10, 4.654414244175985e-16],
  [500, 230, 0.18632961974424067],
  [3000, 230, 4.225009416541065e-119],
  [1e-6, 1, 0.7310584348951773],
]

test.each(golden)('the error of a member at s = %d, L = %d is right to 1e-12', (s, L, value) => {
  expect(relative(memberError(s, L), value)).toBeLessThan(1e-12)
})

test('the error of a member that is likely anyway is the prior odds against it', () => {
  for (const [s, L] of [
    [2, -400],
    [60, -100],
  ])
    expect(relative(memberError(s, L), Math.exp(L))).toBeLessThan(1e-12)
})

test('certainty and underflow', () => {
  expect([memberError(3, Infinity), memberError(3, -Infinity), memberError(1e9, 5)]).toEqual([1, 0, 0])
  expect([ampDimension(10, 0), ampDimension(10, 10)]).toEqual([0, 0])
})

test.each([
  [2 ** 16, 20],
  [2 ** 20, 28],
  [2 ** 60, 100],
  [1e100, 28],
])('at N = %d, k = %d the Bernoulli recursion falls to 0 above d*, and stops below it', (N, k) => {
  const run = (d: number) => stateEvolution(k, d, 400, (v) => bernoulliStep(N, k, d, v))
  const limit = ampDimension(N, k)
  const above = run(1.002 * limit)
  expect(above[0]).toBe(k / (1.002 * limit))
  expect(above).toHaveLength(401)
  expect(above.at(-1)).toBe(0)
  const below = run(0.998 * limit)
  expect(below.at(-1)).toBeGreaterThan(1 / 1000)
  for (const path of [above, below])
    for (let t = 1; t < path.length; t++) expect(path[t]).toBeLessThanOrEqual(path[t - 1] * (1 + 1e-12))
})

test('the error of the soft threshold is its integral over the noise', () => {
  const property = fc.property(
    evenly(0, 8),
    evenly(0, 4),
    fc.constantFrom(1 as const, 2 as const),
    (mu, t, signs) => {
      const eta = (x: number) => Math.max(0, x - t) - (signs === 2 ? Math.max(0, -x - t) : 0)
      const integral = trapezoid((g) => normalDensity(g) * (eta(mu + g) - mu) ** 2, -12, 12, 2e-3)
      expect(Math.abs(softThresholdError(mu, t, signs) - integral)).toBeLessThan(1e-6 * (1 + mu * mu))
    },
  )
  fc.assert(property, { seed: 1, numRuns: 20 })
})

test('without a threshold every estimate has the error of the noise', () => {
  expect(softThresholdStep(5, 2, 10, 0.3, 0, 2)).toBeCloseTo((0.3 / 10) * 5, 15)
})

test.each([
  [2 ** 16, 28, 1 as const],
  [2 ** 16, 28, 2 as const],
  [2 ** 40, 100, 2 as const],
])(
  'AMP with the best soft threshold has the transition of basis pursuit: N = %d, k = %d, %d sign(s)',
  (N, k, signs) => {
    const { dimension, t } = statisticalDimension(N, k, signs)
    const last = (d: number) =>
      stateEvolution(k, d, 4000, (v) => softThresholdStep(N, k, d, v, t, signs)).at(-1)
    expect(last(1.01 * dimension)).toBeLessThan(1e-9)
    expect(last(0.99 * dimension)).toBeGreaterThan(1e-4)
  },
)
