import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { normalQuantile } from '../numerics/special/normal.js'
import { fastUniform } from '../random/fast-uniform.js'
import { logWeightedTailReference } from '../testing/reference/weighted-sign-inversion.js'
import { signSum } from './sign-sum.js'
import { logSignSumTail } from './sign-sum-tail.js'
import { signsInBand } from './weighted-sign-draws.js'
import { repeatedSignTail, weightedSigns } from './weighted-sign-tail.js'

const gaussian = (d: number, seed: number): Float64Array => {
  const uniform = fastUniform([seed, d])
  return Float64Array.from({ length: d }, () => normalQuantile(uniform() + 2 ** -33, 0, 1))
}

const relative = (log: number, exact: number) => Math.abs(Math.expm1(log - exact))

test.each([
  [40, 3, 1e-5],
  [100, 6, 1e-7],
  [128, 6, 2e-4],
  [256, 6, 2e-5],
  [768, 6, 2e-6],
])('of %i Gaussian weights, up to %i standard deviations: within %f of the inversion', (d, most, error) => {
  for (let seed = 0; seed < 2; seed++) {
    const law = weightedSigns(gaussian(d, seed))
    expect(law.method).toBe(d < 128 ? 'inversion' : 'saddlepoint')
    for (const z of [0.02, 0.09, 0.11, 0.5, 1, 2, 3, 4, 5, 6].filter((z) => z <= most)) {
      const exact = logWeightedTailReference(law.weights, z * law.spread)
      expect(relative(law.logTail(z * law.spread), exact), `z = ${z}`).toBeLessThan(error)
      expect(Math.exp(law.logTail(z * law.spread)) + Math.exp(law.logTail(-z * law.spread))).toBeCloseTo(
        1,
        14,
      )
    }
  }
})

test('a tail lies between those of the weights rounded to a grid, at bars moved by the sum of all roundings', () => {
  const property = fc.property(
    fc.constantFrom(20, 40, 64, 100, 150),
    fc.nat({ max: 1000 }),
    evenly(-1, 4.5),
    fc.constantFrom(0, 0.05, 1),
    (d, seed, z, jitter) => {
      // Next to the lattice of a sum of seven signs, at a distance, and nowhere near.
      const uniform = fastUniform([seed, 1])
      const noise = gaussian(d, seed)
      const r = noise.map((g) => {
        let sum = 0
        for (let i = 0; i < 7; i++) sum += uniform() < 0.5 ? 1 : -1
        return sum + jitter * g
      })
      const law = weightedSigns(r)
      const m = z * law.spread
      const scale = 400
      const rounded = Int32Array.from(r, (x) => Math.round(x * scale))
      const slack = r.reduce((sum, x, j) => sum + Math.abs(x * scale - rounded[j]), 1e-6)
      const sum = signSum(rounded)
      const [low, high] = [m * scale + slack, m * scale - slack].map((bar) => logSignSumTail(sum, bar))
      const log = law.logTail(m)
      expect(log).toBeLessThanOrEqual(high + 1e-3)
      expect(log).toBeGreaterThanOrEqual(low - 1e-3)
    },
  )
  fc.assert(property, { seed: 1, numRuns: 12 })
})

test('lattices exactly, few signs counted, and a grid where expansions fail', () => {
  const whole = Float64Array.of(3, -1, 1, 0, 5, 1, -7, 1)
  for (const unit of [1, 0.7310585]) {
    const law = weightedSigns(whole.map((x) => unit * x))
    expect(law.method).toBe('lattice')
    for (const m of [-3, 0, 5, 7, 19]) {
      for (const tie of [0, 0.3, 1]) {
        expect(law.logTail(unit * m, tie)).toBe(logSignSumTail(signSum(Int32Array.from(whole)), m, tie))
      }
    }
  }
  expect(weightedSigns(gaussian(28, 1)).method).toBe('patterns')
  expect(weightedSigns(gaussian(40, 1)).method).toBe('inversion')
  expect(weightedSigns(gaussian(200, 1), false).method).toBe('grid')
  const dominated = gaussian(200, 1)
  dominated[3] = 30
  expect(weightedSigns(dominated).method).toBe('inversion')
  const next = gaussian(128, 1).map((g, j) => [2, -4, 0, 2][j % 4] + 0.01 * g)
  const law = weightedSigns(next)
  expect(law.method).toBe('grid')
  // Halfway between points of the lattice next to it the tail is that of the lattice.
  const lattice = signSum(Int32Array.from(next, Math.round))
  expect(relative(law.logTail(82), logSignSumTail(lattice, 82))).toBeLessThan(0.01)
  expect(weightedSigns(new Float64Array(5)).logTail(0)).toBe(0)
  expect(weightedSigns(new Float64Array(5)).logTail(0.1)).toBe(-Infinity)
})

test('beyond the largest sum there is nothing, and at it one pattern', () => {
  for (const d of [12, 100]) {
    const law = weightedSigns(gaussian(d, 2))
    expect(law.logTail(1.001 * law.top)).toBe(-Infinity)
    expect(law.logTail(-1.001 * law.top)).toBeCloseTo(0, 12)
  }
  expect(weightedSigns(gaussian(12, 2)).logTail(weightedSigns(gaussian(12, 2)).top)).toBeCloseTo(
    -12 * Math.LN2,
    12,
  )
})

test('signs given a band have the law of the patterns in the band', () => {
  const draws = 2000
  const property = fc.property(
    fc.integer({ min: 2, max: 6 }),
    fc.nat(),
    evenly(-1, 1),
    evenly(0.05, 1),
    (d, seed, at, width) => {
      const r = gaussian(d, seed)
      const law = weightedSigns(r)
      const [lo, hi] = [at * law.top, (at + width) * law.top]
      const sums = Array.from({ length: 2 ** d }, (_, pattern) =>
        r.reduce((sum, x, j) => sum + ((pattern >> j) & 1 ? -x : x), 0),
      )
      const inside = sums.filter((sum) => sum >= lo && sum < hi).length
      if (inside === 0) return
      const draw = signsInBand(law, lo, hi)
      const uniform = fastUniform([seed, 3])
      const counts = new Float64Array(2 ** d)
      const signs = new Float64Array(d)
      let off = 0
      for (let i = 0; i < draws; i++) {
        const sum = draw(uniform, signs)
        const pattern = signs.reduce((bits, sign, j) => bits | (Number(sign < 0) << j), 0)
        off = Math.max(off, Math.abs(sum - sums[pattern]))
        counts[pattern]++
      }
      expect(off).toBeLessThan(5e-13)
      counts.forEach((count, pattern) => {
        const mean = sums[pattern] >= lo && sums[pattern] < hi ? draws / inside : 0
        expect(Math.abs(count - mean)).toBeLessThanOrEqual(6 * Math.sqrt(mean))
      })
    },
  )
  fc.assert(property, { seed: 2, numRuns: 40 })
})

test('many signs to a weight, and normal noise, are as so many weights', () => {
  const sizes = Float64Array.of(0.3, 1.7, 0.9, 1.1)
  const small = Array.from({ length: 4000 }, () => Math.sqrt(50 / 4000))
  const each = (times: number) => Array.from(sizes).flatMap((size) => Array<number>(times).fill(size))
  for (const gaussian of [0, 50]) {
    const law = weightedSigns(Float64Array.from([...each(64), ...(gaussian > 0 ? small : [])]))
    const tail = repeatedSignTail(sizes, { times: 64, gaussian })
    expect(law.method).toBe('saddlepoint')
    for (const z of [-2, 0.05, 0.5, 2, 4, 6]) {
      // Small signs in place of a normal number have less of a tail, by z⁴/12n of their share.
      expect(relative(tail(z * law.spread), law.logTail(z * law.spread))).toBeLessThan(
        gaussian > 0 ? 1e-3 : 1e-11,
      )
    }
  }
  expect(repeatedSignTail(new Float64Array(0), { times: 9, gaussian: 4 })(2)).toBeCloseTo(
    Math.log(0.15865525),
    7,
  )
  expect(repeatedSignTail(new Float64Array(0), { times: 9, gaussian: 0 })(0.1)).toBe(-Infinity)
})
