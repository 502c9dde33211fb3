import fc from 'fast-check'
import { lusolve, matrix, multiply, subtract, transpose } from 'mathjs'
import { expect, test } from 'vitest'
import { coherence } from '../../certificates/coherence.js'
import { exactRecovery } from '../../certificates/exact-recovery.js'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import type { Dictionary } from '../../codes/problem.js'
import { dictionaryOfSigns, rademacherDictionary } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { everySubset } from '../../numerics/subsets.js'
import { Fit } from './fit.js'
import { orthogonalMatchingPursuit, pursueOrthogonally } from './omp.js'

const draw = (dense: boolean, N: number, d: number, seed: number): Dictionary =>
  (dense ? gaussianDictionary : rademacherDictionary)(N, d, [seed, 5])

/** X minus its least-squares fit on these codewords, by the normal equations; they must be independent. */
function residualReference(dictionary: Dictionary, code: Float64Array, chosen: readonly number[]): number[] {
  const x = matrix([...code])
  if (chosen.length === 0) return [...code]
  const rows = matrix(chosen.map((i) => [...dictionary.codeword(i)]))
  const gram = multiply(rows, transpose(rows))
  const weights = lusolve(gram, multiply(rows, x)).toArray() as number[][]
  const fitted = multiply(transpose(rows), matrix(weights.map(([w]) => w)))
  return subtract(x, fitted).toArray() as number[]
}

test('every pick ranks first on the residual of the normal equations; the fit is orthogonal to the chosen', () => {
  const instances = fc.record({
    N: fc.integer({ min: 1, max: 30 }),
    d: fc.integer({ min: 6, max: 40 }),
    k: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
    dense: fc.boolean(),
    by: fc.constantFrom('value' as const, 'magnitude' as const),
  })
  fc.assert(
    fc.property(instances, ({ N, d, k, seed, dense, by }) => {
      const dictionary = draw(dense, N, d, seed)
      const code = dictionary.superpose(Array.from({ length: Math.min(k, N) }, (_, m) => m))
      const picks = pursueOrthogonally(dictionary, [code], Math.min(k, N), by)[0]
      expect(new Set(picks).size).toBe(Math.min(k, N))
      const fit = new Fit(batched(dictionary), code)
      for (const pick of picks) {
        const residual = residualReference(dictionary, code, fit.indices)
        fit.residual().forEach((entry, j) => {
          expect(entry).toBeCloseTo(residual[j], 9)
        })
        for (const i of fit.indices) {
          expect(dictionary.codeword(i).reduce((sum, f, j) => sum + f * fit.residual()[j], 0)).toBeCloseTo(
            0,
            12,
          )
        }
        const taken = new Set(picks.slice(0, picks.indexOf(pick)))
        const scores = [...dictionary.correlate(Float64Array.from(residual))].map((score, i) => {
          if (taken.has(i)) return -Infinity
          return by === 'value' ? score : Math.abs(score)
        })
        expect(scores[pick]).toBeGreaterThanOrEqual(Math.max(...scores) - 1e-9)
        fit.add(pick)
      }
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('recovers under its guarantees: ERC below 1 by magnitude, coherence below 1/(2k − 1) in both rankings', () => {
  let [certified, incoherent] = [0, 0]
  const instances = fc.record({
    N: fc.integer({ min: 3, max: 9 }),
    d: fc.integer({ min: 8, max: 120 }),
    k: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
    dense: fc.boolean(),
  })
  fc.assert(
    fc.property(instances, ({ N, d, k, seed, dense }) => {
      const dictionary = draw(dense, N, d, seed)
      const promised = coherence(dictionary) < 1 / (2 * k - 1)
      for (const subset of everySubset(N, k)) {
        const code = dictionary.superpose(subset)
        if (promised) {
          incoherent++
          expect(sameSubset(pursueOrthogonally(dictionary, [code], k)[0], subset)).toBe(true)
        }
        if (exactRecovery(dictionary, subset) < 1 - 1e-9) {
          certified++
          expect(sameSubset(pursueOrthogonally(dictionary, [code], k, 'magnitude')[0], subset)).toBe(true)
        }
      }
    }),
    { seed: 2, numRuns: 100 },
  )
  expect(Math.min(certified, incoherent)).toBeGreaterThan(500)
})

test('the exact recovery condition is no mere formality: it fails somewhere, and so does OMP', () => {
  const dictionary = rademacherDictionary(40, 12, [3, 3])
  const failed = Array.from(everySubset(8, 4), (subset) => [...subset]).filter(
    (subset) => !sameSubset(pursueOrthogonally(dictionary, [dictionary.superpose(subset)], 4)[0], subset),
  )
  expect(failed.length).toBeGreaterThan(0)
  for (const subset of failed) expect(exactRecovery(dictionary, subset)).toBeGreaterThanOrEqual(1)
})

test('several codes at a time give the answers of one at a time', () => {
  const { decodeMany } = orthogonalMatchingPursuit()
  const { problem } = drawTrial({ N: 300, k: 5, d: 61 }, 'many', 0)
  const codes = [0, 7, 50].map((i) => problem.dictionary.superpose([i, i + 1, i + 2, i + 3, i + 4]))
  expect(decodeMany!(problem.dictionary, codes, 5)).toEqual(
    codes.map((code) => decodeMany!(problem.dictionary, [code], 5)[0]),
  )
})

test('gives k distinct codewords where the dictionary is all ties, and where the code is explained early', () => {
  const same = dictionaryOfSigns(Array.from({ length: 5 }, () => [1, 1, -1]))
  expect(pursueOrthogonally(same, [same.superpose([3, 4])], 5)[0]).toEqual([0, 1, 2, 3, 4])
  const cube = dictionaryOfSigns([
    [1, 1],
    [1, -1],
    [-1, 1],
  ])
  expect(pursueOrthogonally(cube, [cube.superpose([0, 1, 2])], 3)[0]).toEqual([0, 1, 2])
})
