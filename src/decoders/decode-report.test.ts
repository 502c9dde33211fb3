import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameSubset } from '../codes/subset.js'
import { drawTrial } from '../codes/trial.js'
import { countingDictionary } from '../testing/counting-dictionary.js'
import { builtInDecoders } from './built-in.js'
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
