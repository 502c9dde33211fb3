import { expect, test } from 'vitest'
import { batched } from '../codes/batched-dictionary.js'
import { gaussianDictionary, givenDictionary } from '../codes/dense.js'
import { inner } from '../numerics/inner.js'
import { countingDictionary } from '../testing/counting-dictionary.js'
import { iterateAll } from './batched-iteration.js'
import { Fit, heaviest } from './greedy/fit.js'
import { firstOutside, ranked } from './ranking.js'

test('codes that are not done share a pass, each until it is done, at the precision asked for', () => {
  const asked: [number, number | undefined][] = []
  const inside = batched(gaussianDictionary(5, 3, [1, 31]))
  const dictionary = {
    ...inside,
    size: 5,
    dimension: 3,
    argmaxMany: inside.argmaxMany,
    selectMany: inside.selectMany,
    combine: inside.combine,
    codeword: inside.codeword,
    correlate: inside.correlate,
    superpose: inside.superpose,
    correlateMany(vectors: readonly Float64Array[], bits?: number) {
      asked.push([vectors.length, bits])
      return vectors.map((vector) => vector.map((entry) => 10 * entry))
    },
  }
  const codes = [2, 0, 1].map((steps) => Float64Array.of(steps, steps, steps))
  const reports = iterateAll(
    dictionary,
    codes,
    (many, code) => {
      expect(many).toBe(dictionary)
      const seen: number[] = []
      return {
        residual: code,
        get done() {
          return seen.length === code[0]
        },
        step: (scores) => void seen.push(scores[0]),
        report: (passes) => ({ seen, passes }),
      }
    },
    17,
  )
  expect(reports).toEqual([
    { seen: [20, 20], passes: 2 },
    { seen: [], passes: 0 },
    { seen: [10], passes: 1 },
  ])
  expect(asked).toEqual([
    [2, 17],
    [1, 17],
  ])
})

const plane = givenDictionary([
  [1, 0],
  [0.6, 0.8],
  [-1, 0],
  [1, 0],
])

test('a fit leaves out what depends on it, and is zero where it explains the code', () => {
  const fit = new Fit(batched(plane), Float64Array.of(2, 1), [0, 3, 2, 1])
  expect(fit.indices).toEqual([0, 1])
  expect(fit.weights()[0]).toBeCloseTo(1.25, 12)
  expect(fit.weights()[1]).toBeCloseTo(1.25, 12)
  expect(fit.residual()).toEqual(new Float64Array(2))
  expect(heaviest(fit, [3, 1, 2, 0], 3, 'value').slice(0, 2)).toEqual([1, 0])
  expect(heaviest(fit, [3, 1, 2, 0], 3, 'value')[2]).toBe(3)
  const one = new Fit(batched(plane), Float64Array.of(-2, 1e-9), [0])
  expect(one.residual()).toEqual(Float64Array.of(0, 1e-9))
  expect(new Fit(batched(plane), Float64Array.of(-2, 1e-10), [0]).residual()).toEqual(new Float64Array(2))
  expect(heaviest(one, [3, 0], 1, 'value')).toEqual([3])
  expect(heaviest(one, [3, 0], 1, 'magnitude')).toEqual([0])
})

test('scores rank by value or by magnitude', () => {
  const scores = Float64Array.of(1, -3, 2)
  expect(ranked(scores, 'value')).toEqual(scores)
  expect(ranked(scores, 'magnitude')).toEqual(Float64Array.of(1, 3, 2))
  expect(scores).toEqual(Float64Array.of(1, -3, 2))
})

test('what ranks first outside those taken, the lowest index among ties, of either sign by magnitude', () => {
  const many = batched(plane)
  const first = (v: number[], taken: number[], by: 'value' | 'magnitude') =>
    firstOutside(many, [Float64Array.from(v)], [new Set(taken)], by)[0]
  expect(first([1, 0], [], 'value')).toBe(0)
  expect(first([-1, 0], [], 'value')).toBe(2)
  expect(first([1, 0], [0], 'value')).toBe(3)
  expect(first([1, 0], [0, 3], 'value')).toBe(1)
  expect(first([-1, 0], [], 'magnitude')).toBe(0)
  expect(first([1, 0], [], 'magnitude')).toBe(0)
  expect(first([-1, 0], [0], 'magnitude')).toBe(2)
  expect(first([1, 0], [0, 2], 'magnitude')).toBe(3)
  expect(first([0.1, -1], [], 'value')).toBe(0)
  expect(first([0.1, -1], [], 'magnitude')).toBe(1)
  expect(first([0.1, -1], [1], 'magnitude')).toBe(0)
  const counting = countingDictionary(plane)
  firstOutside(counting, [Float64Array.of(1, 0)], [new Set([1])], 'value')
  expect(counting.passes).toBe(1)
})

test('by magnitude the first of all scores is found, whatever the residual', () => {
  const dictionary = batched(gaussianDictionary(30, 6, [3, 31]))
  for (let n = 0; n < 20; n++) {
    const residual = Float64Array.from({ length: 6 }, (_, j) => Math.sin(7 * n + 3 * j))
    const sizes = Array.from({ length: 30 }, (_, i) => Math.abs(inner(dictionary.codeword(i), residual)))
    expect(firstOutside(dictionary, [residual], [new Set()], 'magnitude')).toEqual([
      sizes.indexOf(Math.max(...sizes)),
    ])
  }
})
