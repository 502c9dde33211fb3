import { expect, test } from 'vitest'
import { gaussianDictionary } from '../../codes/dense.js'
import { stream } from '../../codes/stream.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { countingDictionary } from '../../testing/counting-dictionary.js'
import { ampBernoulli } from '../amp/amp.js'
import { certifiedSearch } from './certified-search.js'

const shape = { N: 512, k: 8, d: 32 }

test('certifies exactly the answers that explain the code, and finds more than AMP alone', () => {
  const search = certifiedSearch({ passes: 600 })
  const [found, alone] = [0, 0].map((_, method) => {
    let right = 0
    for (let trial = 0; trial < 12; trial++) {
      const { problem, subset } = drawTrial(shape, 'certified', trial)
      const report = (method === 0 ? search : ampBernoulli()).decodeWithReport(problem)
      const encoded = problem.dictionary.superpose(report.answer)
      const explains = encoded.every((entry, j) => Math.abs(entry - problem.code[j]) < 1e-9)
      expect(report.converged).toBe(explains)
      expect(report.residual === 0).toBe(explains)
      expect(new Set(report.answer).size).toBe(shape.k)
      right += Number(sameSubset(report.answer, subset))
    }
    return right
  })
  expect(found).toBeGreaterThan(alone)
})

test('a shortlist that lacks members is made up for by the whole dictionary', () => {
  let searched = 0
  for (let trial = 0; trial < 8; trial++) {
    const { problem } = drawTrial({ ...shape, d: 34 }, 'listed', trial)
    const { converged, iterations } = certifiedSearch({ listed: 128 }).decodeWithReport(problem)
    if (converged && iterations > 0) searched++
  }
  expect(searched).toBeGreaterThan(0)
})

test('keeps to its budget, says when it is spent, and gives the same answer to the same randomness', () => {
  const passes = 60
  const search = certifiedSearch({ passes, listed: 64 })
  const report = () => {
    const { problem } = drawTrial({ N: 512, k: 8, d: 14 }, 'budget', 1)
    const dictionary = countingDictionary(problem.dictionary)
    return { ...search.decodeWithReport({ ...problem, dictionary }), counted: dictionary.passes }
  }
  const first = report()
  expect(first.converged).toBe(false)
  expect(first.gap).toBeGreaterThan(0)
  expect(first.passes).toBeLessThan(passes + 40)
  expect(report()).toEqual(first)
})

test('reads any dictionary, and the subsets that leave nothing to choose', () => {
  const dictionary = gaussianDictionary(60, 40, stream('certified').key())
  const read = (subset: number[]) =>
    certifiedSearch().decodeWithReport({
      dictionary,
      code: dictionary.superpose(subset),
      k: subset.length,
      random: stream('certified', 'random').uniform,
    }).answer
  for (const subset of [[], [7], [3, 20, 41], Array.from({ length: 60 }, (_, i) => i)]) {
    expect(sameSubset(read(subset), subset)).toBe(true)
  }
  expect(() => certifiedSearch({ passes: 0 })).toThrow('passes is an integer ≥ 1, not 0')
})
