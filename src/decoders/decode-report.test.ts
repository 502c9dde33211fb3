import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenDictionary } from '../codes/dense.js'
import { sameSubset } from '../codes/subset.js'
import { drawTrial } from '../codes/trial.js'
import { countingDictionary } from '../testing/counting-dictionary.js'
import { refusal } from '../testing/refusal.js'
import { builtInDecoders } from './built-in.js'
import { checkCodes } from './check-problem.js'
import { unexplained, withinReach } from './decode-report.js'
import { matchingPursuit } from './greedy/matching-pursuit.js'
import { orthogonalMatchingPursuit } from './greedy/omp.js'
import { mapThresholdDecoder } from './one-step/map-threshold.js'
import { threshold } from './one-step/threshold.js'
import { topK } from './one-step/top-k.js'

const shapes = fc.record({
  N: fc.integer({ min: 2, max: 16 }),
  k: fc.integer({ min: 0, max: 4 }),
  d: fc.integer({ min: 1, max: 30 }),
  trial: fc.nat(),
})

test('no built-in decoder hands out an answer that leaves a part of the code without saying so', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(shapes, ({ N, d, trial, ...shape }) => {
      const k = Math.min(N, shape.k)
      const { problem, subset } = drawTrial({ N, k, d }, 'told', trial)
      for (const decoder of builtInDecoders) {
        const { answer, residual } = decoder.decodeWithReport(problem)
        const rest = problem.dictionary.superpose(answer).map((entry, j) => entry - problem.code[j])
        const explained = rest.every((entry) => Math.abs(entry) < 1e-9)
        expect(residual === 0, decoder.name).toBe(explained)
        if (sameSubset(answer, subset)) expect(explained, decoder.name).toBe(true)
        seen.add(`${decoder.name} ${explained}`)
      }
    }),
    { seed: 1, numRuns: 60 },
  )
  // Two that search until they are right may have been so every time.
  for (const name of ['maximum-likelihood', 'certified-search']) seen.add(`${name} false`)
  expect(seen.size).toBe(2 * builtInDecoders.length)
})

test('fixed numbers of steps: the answer of decode, converged iff it explains the code, passes as counted', () => {
  const decoders = [
    threshold(),
    topK(),
    mapThresholdDecoder(),
    matchingPursuit(),
    orthogonalMatchingPursuit(),
  ]
  fc.assert(
    fc.property(shapes, ({ N, d, trial, ...shape }) => {
      const k = Math.max(1, Math.min(N, shape.k))
      const { problem } = drawTrial({ N, k, d }, 'fixed', trial)
      for (const decoder of decoders) {
        const dictionary = countingDictionary(problem.dictionary)
        const { answer, converged, residual, passes } = decoder.decodeWithReport({ ...problem, dictionary })
        expect(answer).toEqual(decoder.decode(problem))
        expect(converged).toBe(residual === 0)
        if (decoder.name !== 'orthogonal-matching-pursuit')
          expect(passes, decoder.name).toBe(dictionary.passes)
      }
    }),
    { seed: 2, numRuns: 60 },
  )
})

test('a code beyond the reach of k codewords is brought to it by a power of two, and no other', () => {
  for (const [k, most] of [
    [0, 2 ** 20],
    [1, 2 ** 20],
    [6, 6 * 2 ** 20],
  ]) {
    const [near, far] = [Float64Array.of(1, -most, 0), Float64Array.of(3, 0, -1.01 * most)]
    expect(withinReach(near, k)).toBe(near)
    expect(withinReach(far, k)).toEqual(far.map((entry) => entry / 2))
    for (const times of [2, 3, 1000, 2 ** 900]) {
      const scaled = withinReach(
        near.map((entry) => entry * times),
        k,
      )
      const scale = scaled[0] / times
      expect(Math.log2(scale)).toBe(Math.round(Math.log2(scale)))
      expect(-scaled[1]).toBeGreaterThan(most / 2)
      expect(-scaled[1]).toBeLessThanOrEqual(most)
    }
  }
})

test('what is left of a code is a share of it, however large it is', () => {
  const dictionary = givenDictionary([
    [3, 0],
    [0, 4],
  ])
  const left = (x: number, y: number, answer: number[]) =>
    unexplained(dictionary, Float64Array.of(x, y), answer)
  expect(left(3, 4, [0, 1])).toBe(0)
  expect(left(3, 4, [0])).toBeCloseTo(0.8, 15)
  expect(left(3, 4 + 2e-10, [0, 1])).toBe(0)
  expect(left(3, 4 + 2e-9, [0, 1])).toBeCloseTo(4e-10, 15)
  expect(left(0, 0, [])).toBe(0)
  expect(left(0, 0, [0])).toBe(3)
  expect(left(5e-11, 0, [])).toBe(0)
  expect(left(3e300, -4e300, [0, 1])).toBeCloseTo(1, 15)
  expect(left(3e200, 4e-200, [1])).toBeCloseTo(1, 15)
})

test('codes are refused where they are no codes, each by its number and entry', () => {
  const dictionary = givenDictionary([[1, 0]])
  const said = (codes: unknown, most?: number) =>
    refusal(() => checkCodes('here', dictionary, codes as [], most))
  const good = Float64Array.of(1, -7)
  expect(said([good, good])).toBe('taken')
  expect(said([good], 7)).toBe('taken')
  expect(said([good], 6)).toBe('here: entry 1 of the code must be at most 6 in size, not -7')
  expect(said([good, good.with(0, Infinity)], 8)).toBe(
    'here: entry 0 of code 1 must be a finite number, not Infinity',
  )
  expect(said([good.with(0, Number.NaN)])).toBe('here: entry 0 of the code must be a finite number, not NaN')
  expect(said([good.with(0, Number.MAX_VALUE)])).toBe('taken')
})
