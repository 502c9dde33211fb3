import fc from 'fast-check'
import { det, fraction, type Matrix, matrix } from 'mathjs'
import { expect, test } from 'vitest'
import { gaussianDictionary, givenDictionary } from '../codes/dense.js'
import { dictionaryOfSigns, rademacherDictionary } from '../codes/rademacher.js'
import { countSubsets, everySubset } from '../numerics/subsets.js'
import { babel } from './babel.js'
import { coherence } from './coherence.js'
import { restrictedIsometry } from './restricted-isometry.js'
import { spark } from './spark.js'

test('every k-subset comes once, in order', () => {
  for (let n = 0; n <= 6; n++) {
    for (let k = 0; k <= 7; k++) {
      const all = Array.from(everySubset(n, k), (subset) => subset.join())
      expect(all).toHaveLength(countSubsets(n, k))
      expect(new Set(all).size).toBe(all.length)
      for (const subset of everySubset(n, k)) {
        expect(subset.every((i, m) => i >= 0 && i < n && (m === 0 || subset[m - 1] < i))).toBe(true)
      }
    }
  }
})

test('restricted isometry constants: δ₁ = 0, δ₂ = μ, rising, ≤ μ₁(k − 1); no sparse vector breaks them', () => {
  const instances = fc.record({ d: fc.integer({ min: 2, max: 30 }), seed: fc.nat(), dense: fc.boolean() })
  fc.assert(
    fc.property(
      instances,
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
      (shape, y) => {
        const { d, seed, dense } = shape
        const dictionary = (dense ? gaussianDictionary : rademacherDictionary)(7, d, [seed, 2])
        const delta = [1, 2, 3, 4].map((k) => restrictedIsometry(dictionary, k))
        expect(delta[0]).toBeLessThan(1e-12)
        expect(delta[1]).toBeCloseTo(coherence(dictionary), 12)
        for (let k = 2; k <= 4; k++) {
          expect(delta[k - 1]).toBeGreaterThanOrEqual(delta[k - 2] - 1e-12)
          expect(delta[k - 1]).toBeLessThanOrEqual(babel(dictionary, k - 1) + 1e-12)
        }
        const norm = y.reduce((sum, w) => sum + w * w, 0)
        for (const subset of everySubset(7, 3)) {
          const energy = dictionary.combine(subset, y).reduce((sum, x) => sum + x * x, 0)
          expect(Math.abs(energy - norm)).toBeLessThanOrEqual(delta[2] * norm + 1e-12)
        }
      },
    ),
    { seed: 2, numRuns: 40 },
  )
})

test('spark is the size of the smallest subset with a singular Gram matrix', () => {
  const shapes = fc.record({
    N: fc.integer({ min: 2, max: 7 }),
    d: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
  })
  const found = new Set<number>()
  fc.assert(
    fc.property(shapes, ({ N, d, seed }) => {
      const dictionary = rademacherDictionary(N, d, [seed, 3])
      const singular = (subset: readonly number[]) => {
        const signs = subset.map((i) => [...dictionary.signs(i)])
        const G = signs.map((a) => signs.map((b) => fraction(a.reduce((sum, s, j) => sum + s * b[j], 0))))
        return Number(det(matrix(G) as Matrix)) === 0
      }
      let want = Infinity
      for (let size = N; size >= 1; size--)
        for (const subset of everySubset(N, size)) if (singular(subset)) want = size
      expect(spark(dictionary)).toBe(want)
      found.add(want)
    }),
    { seed: 3, numRuns: 80 },
  )
  expect(found).toContain(2)
  expect(found).toContain(4)
  expect(found).toContain(Infinity)
})

test('spark of real dictionaries: the identity beside Hadamard has 2√d', () => {
  const identity = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)))
  const hadamard = [0, 1, 2, 3].map((i) =>
    [0, 1, 2, 3].map((j) => ((i & j).toString(2).split('1').length % 2 ? 0.5 : -0.5)),
  )
  expect(spark(givenDictionary([...identity, ...hadamard]))).toBe(4)
  expect(spark(givenDictionary(identity))).toBe(Infinity)
})

test('what cannot be gone through is refused, with its size', () => {
  expect(() => restrictedIsometry(rademacherDictionary(60, 30, [1, 1]), 6)).toThrow(
    'δ_6 goes through all C(60, 6) = 50063860 subsets; the limit is 200000',
  )
  expect(() => spark(rademacherDictionary(80, 50, [1, 1]), 100)).toThrow(
    'the spark, above 1, goes through all C(80, 2) = 3160 subsets; the limit is 100',
  )
  expect(() => restrictedIsometry(dictionaryOfSigns([[1]]), 2)).toThrow(
    'k must be an integer from 1 to 1, not 2',
  )
})
