import { expect, test } from 'vitest'
import { dictionaryOfSigns, rademacherDictionary } from '../codes/rademacher.js'
import { everySubset } from '../numerics/subsets.js'
import { maximumLikelihood } from './maximum-likelihood.js'

const random = () => 0

test('reads every subset whose code no other has, and the first of those that share one', () => {
  const dictionary = rademacherDictionary(9, 5, [3, 4])
  const subsets = [...everySubset(9, 3)]
  const names = subsets.map((subset) => dictionary.sum(subset).join())
  for (const [s, subset] of subsets.entries()) {
    const code = dictionary.superpose(subset)
    expect(maximumLikelihood().decode({ dictionary, code, k: 3, random })).toEqual(
      subsets[names.indexOf(names[s])],
    )
  }
  expect(new Set(names).size).toBeLessThan(names.length)
})

test('goes through every subset, without a pass', () => {
  const dictionary = rademacherDictionary(7, 5, [3, 4])
  const report = (k: number) =>
    maximumLikelihood().decodeWithReport({ dictionary, code: dictionary.superpose([1, 4]), k, random })
  expect(report(2)).toMatchObject({ converged: true, iterations: 21, passes: 0 })
  expect(report(0)).toMatchObject({ answer: [], converged: true, iterations: 1, residual: 1 })
})

test('takes the nearest code when none is met', () => {
  const dictionary = dictionaryOfSigns([
    [1, 1],
    [1, -1],
    [-1, -1],
  ])
  expect(maximumLikelihood().decode({ dictionary, code: Float64Array.of(0.6, -0.2), k: 1, random })).toEqual([
    1,
  ])
})

test('refuses what it cannot go through', () => {
  const dictionary = rademacherDictionary(60, 5, [3, 4])
  const problem = { dictionary, code: new Float64Array(5), k: 6, random }
  const shape = { N: 10, k: 3, d: 5 }
  expect(maximumLikelihood(120).refuses!(shape)).toBeUndefined()
  expect(maximumLikelihood(119).refuses!(shape)).toBe('C(10, 3) subsets are more than 119')
  expect(() => maximumLikelihood().decode(problem)).toThrow(
    'maximum likelihood goes through all C(60, 6) = 50063860',
  )
})
