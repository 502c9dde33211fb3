import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { topKFiniteDimension } from '../bounds/top-k-finite.js'
import { codewordFamilies, fitDimension } from '../codes/ensembles/ensembles.js'
import type { Dictionary } from '../codes/problem.js'
import { inner } from '../numerics/inner.js'
import {
  type Codewords,
  dictionary,
  drawInstance,
  instance,
  instanceText,
  parseInstance,
  problem,
  regime,
  subset,
  trial,
} from './index.js'

const every = { codewords: codewordFamilies }
const gram = (F: Dictionary) => {
  const rows = Array.from({ length: F.size }, (_, i) => F.codeword(i))
  return rows.map((f) => rows.map((g) => inner(f, g)))
}

test('trials have the shape and the family that they say, unit codewords and the code of their subset', () => {
  const seen = new Map<Codewords, number>()
  fc.assert(
    fc.property(trial({ N: { max: 20 }, d: { max: 40 }, ...every }), (drawn) => {
      const { N, k, d, codewords } = drawn.instance
      const { dictionary: F, code, k: sparsity } = drawn.problem
      seen.set(codewords, (seen.get(codewords) ?? 0) + 1)
      expect([F.size, F.dimension, sparsity, drawn.subset.length]).toEqual([N, d, k, k])
      expect(d).toBe(fitDimension(codewords, N, d))
      expect([...F.superpose(drawn.subset)]).toEqual([...code])
      const orthonormal = ['hadamard', 'axes', 'orthonormal'].includes(codewords)
      gram(F).forEach((row, i) => {
        row.forEach((entry, j) => {
          if (i === j || orthonormal) expect(entry).toBeCloseTo(i === j ? 1 : 0, 12)
        })
      })
      if (codewords === 'repeated' && N > 1) {
        expect(
          gram(F)[0]
            .slice(1)
            .some((entry) => Math.abs(Math.abs(entry) - 1) < 1e-12),
        ).toBe(true)
      }
    }),
    { seed: 1, numRuns: 100 },
  )
  expect(Math.min(...codewordFamilies.map((family) => seen.get(family) ?? 0))).toBeGreaterThan(5)
})

test('an instance and a seed draw the same problem again; another seed another; d extends codewords', () => {
  fc.assert(
    fc.property(instance({ N: { min: 8 }, k: { min: 2, max: 6 }, d: { min: 20 } }), (drawn) => {
      const [a, b] = [drawInstance(drawn, 's'), drawInstance(drawn, 's')]
      expect(b.subset).toEqual(a.subset)
      expect(b.problem.code).toEqual(a.problem.code)
      expect(b.problem.random()).toBe(a.problem.random())
      expect(drawInstance(drawn, 't').problem.dictionary.codeword(0)).not.toEqual(
        a.problem.dictionary.codeword(0),
      )
      const longer = drawInstance({ ...drawn, d: drawn.d + 9 }, 's')
      expect(longer.subset).toEqual(a.subset)
      const signs = longer.problem.dictionary.codeword(3).map(Math.sign).subarray(0, drawn.d)
      expect(signs).toEqual(a.problem.dictionary.codeword(3).map(Math.sign))
      expect(parseInstance(instanceText(drawn))).toEqual(drawn)
    }),
    { seed: 2, numRuns: 40 },
  )
})

test('edges come often: k = 0, 1 and N, tiny d', () => {
  const drawn = fc.sample(instance(), { seed: 3, numRuns: 400 })
  const count = (holds: (one: (typeof drawn)[number]) => boolean) => drawn.filter(holds).length
  const often = [
    count(({ k }) => k === 0),
    count(({ k }) => k === 1),
    count(({ k, N }) => k === N && N > 1),
    count(({ d }) => d <= 8),
    count(({ d }) => d > 100),
    count(({ k, N }) => 0 < k && 5 * k < N),
  ]
  expect(Math.min(...often)).toBeGreaterThan(15)
})

test('a counterexample is shrunk, and prints as the call that draws it again', () => {
  const found = fc.check(
    fc.property(trial({ seed: 'mine' }), ({ subset, instance }) => subset.length < 3 || instance.d < 5),
    { seed: 4 },
  )
  const [shrunk] = found.counterexample!
  expect(shrunk.instance).toMatchObject({ N: 3, k: 3, d: 5 })
  const text = fc.stringify(shrunk)
  expect(text).toMatch(/^drawInstance\(\{"N":3,"k":3,"d":5,"codewords":"\w+","trial":\d+\}, "mine"\)$/)
  for (const arbitrary of [problem({ seed: 's' }), dictionary({ seed: 's' })] as fc.Arbitrary<object>[]) {
    expect(fc.stringify(fc.sample(arbitrary, { seed: 5, numRuns: 1 })[0])).toMatch(
      /^drawInstance\(.*, "s"\)\.problem/,
    )
  }
})

test('subsets are ascending, distinct and within N', () => {
  fc.assert(
    fc.property(subset({ N: 30, k: { min: 5, max: 9 } }), (drawn) => {
      expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
      expect(drawn.length).toBeGreaterThanOrEqual(5)
      expect(drawn.length).toBeLessThanOrEqual(9)
      expect(Math.max(...drawn)).toBeLessThan(30)
    }),
    { seed: 6, numRuns: 60 },
  )
})

test('a regime lies around its transition, on either side', () => {
  const sides = { below: 0, above: 0 }
  fc.assert(
    fc.property(regime({ N: { min: 64, max: 256 }, spread: 1.5 }), ({ N, k, d }) => {
      const ratio = d / topKFiniteDimension(N, k, 0.5)
      expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.5) + 1 / d)
      sides[ratio < 1 ? 'below' : 'above']++
    }),
    { seed: 7, numRuns: 80 },
  )
  expect(Math.min(sides.below, sides.above)).toBeGreaterThan(15)
  const [own] = fc.sample(regime({ N: 100, k: 60, transition: (N, k) => N + k, spread: 1.01 }), {
    seed: 8,
    numRuns: 1,
  })
  expect(own).toMatchObject({ N: 100, k: 50 })
  expect(Math.abs(own.d - 150)).toBeLessThanOrEqual(2)
})

describe('what is no range, family or instance is refused at once', () => {
  test.each([
    [() => instance({ N: 0 }), 'N takes integers 1 ≤ min ≤ max, not min = 0, max = 0'],
    [() => trial({ k: { min: 5, max: 3 } }), 'k takes integers 0 ≤ min ≤ max, not min = 5, max = 3'],
    [() => dictionary({ d: 1.5 }), 'd takes integers 1 ≤ min ≤ max, not min = 1.5, max = 1.5'],
    [() => problem({ codewords: [] }), /^codewords takes some of rademacher, repeated, .*, not none$/],
    [() => instance({ codewords: ['sparse' as Codewords] }), /not the string 'sparse'$/],
    [() => regime({ spread: 1 }), 'spread takes a number above 1, not 1'],
    [
      () => regime({ transition: 'magic' as 'top-k' }),
      /^transition must be a function or one of threshold, top-k, .*, not the string 'magic'$/,
    ],
    [
      () => drawInstance({ N: 5, k: 1, d: 4, codewords: 'axes', trial: 0 }, '1'),
      '5 axes codewords fit in d = 5, not in d = 4',
    ],
    [
      () => parseInstance('N=5,k=2'),
      /^'N=5,k=2' is no instance like N=5,k=2,d=8,codewords=rademacher,trial=0; codewords are /,
    ],
  ])('%o', (call, message) => {
    expect(call).toThrow(message)
  })
})
