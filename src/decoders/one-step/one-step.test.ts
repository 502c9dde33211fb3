import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { mapThreshold as boundary } from '../../bounds/map-boundary.js'
import type { Dictionary } from '../../codes/problem.js'
import { dictionaryOfSigns, rademacherDictionary } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { everySubset } from '../../numerics/subsets.js'
import { maximumLikelihood } from '../maximum-likelihood.js'
import { mapThresholdDecoder } from './map-threshold.js'
import { type Activation, oneLayerEncoder } from './one-layer-encoder.js'
import { threshold } from './threshold.js'
import { topK } from './top-k.js'

const shapes = fc.record({
  N: fc.integer({ min: 3, max: 30 }),
  k: fc.integer({ min: 1, max: 2 }),
  d: fc.integer({ min: 1, max: 60 }),
  trial: fc.nat(),
})

test('MAP threshold is threshold decoding at ½ + (k/d)·ln((N − k)/k), and reads nothing at k = 0', () => {
  fc.assert(
    fc.property(shapes, ({ N, k, d, trial }) => {
      const { problem } = drawTrial({ N, k, d }, 'map', trial)
      expect(mapThresholdDecoder().decode(problem)).toEqual(threshold(boundary(N, k, d)).decode(problem))
    }),
    { seed: 1, numRuns: 100 },
  )
  // At k = N/2 the boundary is ½, which the inner product of these two meets.
  const dictionary = dictionaryOfSigns([
    [1, 1, 1, 1],
    [1, 1, 1, -1],
  ])
  const problem = { dictionary, code: dictionary.codeword(0), k: 1, random: () => 0 }
  expect(mapThresholdDecoder().decode(problem)).toEqual([0, 1])
  expect(mapThresholdDecoder().decode(drawTrial({ N: 9, k: 0, d: 5 }, 'map', 0).problem)).toEqual([])
})

test('a one-layer encoder with the transposed dictionary is threshold and top-k decoding', () => {
  fc.assert(
    fc.property(shapes, evenly(0.1, 2), ({ N, k, d, trial }, scale) => {
      const { problem } = drawTrial({ N, k, d }, 'layer', trial)
      const weights = Array.from({ length: N }, (_, i) => problem.dictionary.codeword(i))
      const tau = 0.4 + 1 / Math.PI / (2 * d) // no score of the lattice ℤ/d comes near it
      const read = threshold(tau).decode(problem)
      const encoders = [
        oneLayerEncoder({ weights, bias: -tau, activation: 'relu' }),
        oneLayerEncoder({ weights, activation: { jump: tau } }),
        oneLayerEncoder({
          weights: weights.map((row, i) => row.map((entry) => entry * (scale + i))),
          bias: new Float64Array(N).fill(1),
          activation: { jump: Float64Array.from(weights, (_, i) => 1 + tau * (scale + i)) },
        }),
      ]
      for (const encoder of encoders) expect(encoder.decode(problem)).toEqual(read)
      const scores = problem.dictionary.correlate(problem.code)
      const answer = Array.from(oneLayerEncoder({ weights, activation: 'top-k' }).decode(problem) as number[])
      const best = topK().decode(problem) as number[]
      answer.forEach((i, m) => {
        expect(scores[i]).toBeCloseTo(scores[best[m]], 12)
      })
    }),
    { seed: 2, numRuns: 100 },
  )
})

test('an activation is on above its bar, and off at it', () => {
  const dictionary = rademacherDictionary(2, 2, [0, 0])
  const weights = [
    [1, 0],
    [0, 1],
  ]
  const read = (activation: Activation) =>
    oneLayerEncoder({ weights, activation }).decode({
      dictionary,
      code: Float64Array.of(0, 0.5),
      k: 1,
      random: () => 0,
    })
  expect(read('relu')).toEqual([1])
  expect(read({ jump: 0.5 })).toEqual([])
  expect(read({ jump: [-0.5, 0.5] })).toEqual([0])
})

const signSum = (dictionary: Dictionary, subset: readonly number[]) =>
  Array.from({ length: dictionary.dimension }, (_, j) =>
    subset.reduce((sum, i) => sum + Math.sign(dictionary.codeword(i)[j]), 0),
  )

test('maximum likelihood explains every code, by the first subset that does, and reads unambiguous ones', () => {
  const decoder = maximumLikelihood()
  let ambiguous = 0
  fc.assert(
    fc.property(shapes, ({ N, k, d, trial }) => {
      const { problem, subset } = drawTrial({ N: Math.min(N, 14), k, d: 1 + (d % 12) }, 'likelihood', trial)
      const { dictionary } = problem
      const explaining = Array.from(everySubset(dictionary.size, k), (each) => [...each]).filter(
        (each) => `${signSum(dictionary, each)}` === `${signSum(dictionary, subset)}`,
      )
      const { answer, residual } = decoder.decodeWithReport(problem)
      expect(answer).toEqual(explaining[0])
      expect(residual).toBe(0)
      if (explaining.length > 1) ambiguous++
      else expect(sameSubset(answer, subset)).toBe(true)
    }),
    { seed: 3, numRuns: 150 },
  )
  expect(ambiguous).toBeGreaterThan(10)
})

test('maximum likelihood finds the nearest encoding of a code that none explains, and refuses too many subsets', () => {
  const dictionary = rademacherDictionary(10, 7, [4, 4])
  const code = Float64Array.from([0.3, -1.2, 0.5, 0.9, -0.4, 2, 0.1])
  const distance = (subset: ArrayLike<number>) =>
    dictionary.superpose(subset).reduce((sum, entry, j) => sum + (entry - code[j]) ** 2, 0)
  const { answer, residual } = maximumLikelihood().decodeWithReport({
    dictionary,
    code,
    k: 3,
    random: () => 0,
  })
  for (const subset of everySubset(10, 3))
    expect(distance(answer)).toBeLessThanOrEqual(distance(subset) + 1e-9)
  expect(residual).toBeGreaterThan(0)
  const large = drawTrial({ N: 100, k: 10, d: 4 }, 'refused', 0).problem
  expect(() => maximumLikelihood().decode(large)).toThrow('maximum likelihood goes through all C(100, 10)')
  expect(maximumLikelihood().refuses!({ N: 100, k: 10, d: 4 })).toContain('C(100, 10)')
  expect(maximumLikelihood().refuses!({ N: 20, k: 3, d: 4 })).toBeUndefined()
})
