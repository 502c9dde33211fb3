import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { exponential } from '../numerics/exp.js'
import { fastUniform } from '../random/fast-uniform.js'
import { logSignSumTailReference } from '../testing/reference/sign-sum-convolution.js'
import { conditionedSigns } from './conditioned-signs.js'
import { signSum as groups } from './sign-sum.js'
import { logSignSumTail } from './sign-sum-tail.js'

/** Weights as residuals have them (few, small, of one parity), and as they never do. */
const vectors = fc.oneof(
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 }),
  fc.array(
    fc.integer({ min: -6, max: 6 }).map((x) => 2 * x + 1),
    { minLength: 1, maxLength: 300, size: 'max' },
  ),
  fc.array(fc.constantFrom(0, 5, -5, 35), { minLength: 1, maxLength: 300, size: 'max' }),
  fc.array(fc.oneof(fc.integer({ min: -60, max: 60 }), fc.constant(1)), {
    minLength: 1,
    maxLength: 60,
    size: 'max',
  }),
)
const tails = fc.record({
  r: vectors,
  at: fc.integer({ min: -110, max: 110 }).map((percent) => percent / 100),
  whole: fc.boolean(),
  tie: fc.constantFrom(0, 0.3, 1),
})

const barOf = (r: readonly number[], at: number, whole: boolean) => {
  const m = at * r.reduce((sum, x) => sum + Math.abs(x), 0)
  return whole ? Math.round(m) : m
}

const signSum = (r: readonly number[]) => groups(Int32Array.from(r))

const difference = (log: number, exact: number) => (log === exact ? 0 : Math.abs(log - exact))

test('the tail by convolution counts the sign patterns', () => {
  fc.assert(
    fc.property(tails, ({ r, at, whole, tie }) => {
      const few = r.slice(0, 10)
      const m = barOf(few, at, whole)
      let count = 0
      for (let pattern = 0; pattern < 2 ** few.length; pattern++) {
        const S = few.reduce((sum, x, j) => sum + ((pattern >> j) & 1 ? -x : x), 0)
        count += S > m ? 1 : S === m ? tie : 0
      }
      const log = logSignSumTailReference(signSum(few), m, tie)
      expect(Math.exp(log)).toBeCloseTo(count / 2 ** few.length, 12)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('the fast tail is that of the convolution to 1e-11, relative, from 1e-300 to 1', () => {
  let deepest = 0
  fc.assert(
    fc.property(tails, ({ r, at, whole, tie }) => {
      const m = barOf(r, at, whole)
      const sum = signSum(r)
      const exact = logSignSumTailReference(sum, m, tie)
      if (exact > -700) deepest = Math.min(deepest, exact)
      const log = logSignSumTail(sum, m, tie)
      expect(difference(log, exact), `${log} for ${exact}`).toBeLessThan(1e-11)
    }),
    { seed: 2, numRuns: 600 },
  )
  expect(deepest).toBeLessThan(-100)
  for (let m = 0; m <= 1400; m += 100) {
    const sum = signSum(Array.from({ length: 1400 }, (_, j) => [1, 1, 1, 3, 3, 5][j % 6]))
    expect(difference(logSignSumTail(sum, m), logSignSumTailReference(sum, m))).toBeLessThan(1e-11)
    expect(logSignSumTail(sum, 2.4 * m, 0.5)).toBeLessThanOrEqual(logSignSumTail(sum, 2.4 * m))
  }
  const far = signSum(new Array(1400).fill(1))
  expect(logSignSumTail(far, 1304)).toBeLessThan(-690)
  expect(difference(logSignSumTail(far, 1304), logSignSumTailReference(far, 1304))).toBeLessThan(1e-11)
})

test('at the ends of its range: few signs to 1e-14, long lattices to 1e-11, and longer ones refused', () => {
  const few = [
    [1_000_003, 3, 3, 3, 5, 7],
    [16_777_215, 16_777_213, 3],
    [2 ** 24 - 1, 2 ** 24 - 5, 2 ** 23 + 1, 77, 1, 1, 1, 3],
    [4095, 1],
  ]
  for (const r of few) {
    const top = r.reduce((sum, x) => sum + x, 0)
    // A lattice of 2^25 points takes a while: two places do.
    for (const share of top > 2 ** 24 ? [0.1, 1] : [0, 0.1, 0.4, 0.9, 1])
      for (const tie of top > 2 ** 24 ? [0.3] : [1, 0.3]) {
        const m = Math.round(share * top)
        const patterns = Array.from({ length: 2 ** r.length }, (_, pattern) =>
          r.reduce((sum, x, j) => sum + ((pattern >> j) & 1 ? -x : x), 0),
        )
        const count = patterns.reduce((sum, S) => sum + (S > m ? 1 : S === m ? tie : 0), 0)
        const log = logSignSumTail(signSum(r), m, tie)
        expect(difference(log, Math.log(count / patterns.length)), `${r} at ${m}`).toBeLessThan(1e-14)
      }
  }
  const long = signSum(Array.from({ length: 16 }, (_, i) => 1 + ((i * 245_489) % 6000)))
  const m = Math.round(0.05 * long.top)
  expect(difference(logSignSumTail(long, m), logSignSumTailReference(long, m))).toBeLessThan(1e-11)
  const longest = signSum(Array.from({ length: 60 }, (_, i) => 2 ** 24 - 1 - i))
  expect(() => logSignSumTail(longest, 2 ** 25)).toThrow('need a lattice of 2^30 points')
})

test('signs given a crossing have the law of the patterns that cross', () => {
  const draws = 2000
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 6 }),
      evenly(-1, 1),
      fc.constantFrom<number>(0.4, 1),
      fc.nat(),
      (r, at, tie, seed) => {
        const m = barOf(r, at, true)
        const weights = Array.from({ length: 2 ** r.length }, (_, pattern) => {
          const S = r.reduce((sum, x, j) => sum + ((pattern >> j) & 1 ? -x : x), 0)
          return S > m ? 1 : S === m ? tie : 0
        })
        const total = weights.reduce((a, b) => a + b, 0)
        if (total === 0) return
        const counts = new Float64Array(weights.length)
        const draw = conditionedSigns(Int32Array.from(r), signSum(r), m, tie)
        const random = fastUniform([seed, 1])
        const words = new Int32Array(1)
        for (let i = 0; i < draws; i++) {
          draw(random, words)
          counts[words[0]]++
        }
        weights.forEach((weight, pattern) => {
          const mean = (draws * weight) / total
          expect(Math.abs(counts[pattern] - mean)).toBeLessThanOrEqual(6 * Math.sqrt(mean))
        })
      },
    ),
    { seed: 3, numRuns: 20 },
  )
})

test('the exponential is that of the engine to two units in the last place', () => {
  fc.assert(
    fc.property(evenly(-760, 720), (x) => {
      const exact = Math.exp(x)
      if (exact === Infinity || exact === 0) expect(exponential(x)).toBe(exact)
      else expect(Math.abs(exponential(x) - exact)).toBeLessThanOrEqual(5e-16 * exact + 1e-323)
    }),
    { seed: 4, numRuns: 1000 },
  )
})
