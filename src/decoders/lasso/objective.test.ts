import { expect, test } from 'vitest'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import { solveBpdn } from './bpdn.js'
import { type CoefficientRange, type Coefficients, dual, optimality, remainder } from './objective.js'

const all = (scores: Float64Array) => ({ indices: Int32Array.from(scores.keys()), scores })

/** Over orthonormal codewords, where the scores of a residual are the residual. */
const judged = (x: number[], y: number[], range: CoefficientRange, lambda = 0.2) => {
  const residual = Float64Array.from(x, (entry, i) => entry - y[i])
  const coefficients = { indices: [...y.keys()], values: y }
  return optimality(Float64Array.from(x), residual, all(residual), coefficients, lambda, range)
}

test.each([
  { range: 'any', y: [1.5, 0, 0], objective: 1.05, bound: 0.42, violation: 4 },
  { range: 'non-negative', y: [1.5, 0, 0], objective: 1.05, bound: 0.78, violation: 1.5 },
  { range: 'unit', y: [1, 0, 0], objective: 1.325, bound: 1.025, violation: 1.5 },
  { range: 'unit', y: [1, 0, 0.4], objective: 1.285, bound: 1.245, violation: 0.5 },
  { range: 'any', y: [1.8, -0.8, 0.3], objective: 0.64, bound: 0.64, violation: 0 },
] as const)('objective, gap and violation as they are by hand: $range, $y', (row) => {
  const { range, y, objective, bound, violation } = row
  const found = judged([2, -1, 0.5], [...y], range)
  expect(found.objective).toBeCloseTo(objective, 12)
  expect(found.gap).toBeCloseTo((objective - bound) / objective, 12)
  expect(found.violation).toBeCloseTo(violation, 12)
})

test('the condition at a bound is of one side, off it of both', () => {
  const violation = (x: number, y: number, range: CoefficientRange) => judged([x], [y], range).violation
  expect(violation(0.1, 0, 'any')).toBe(0)
  expect(violation(-0.7, 0, 'non-negative')).toBe(0)
  expect(violation(-0.7, 0, 'any')).toBeCloseTo(2.5, 12)
  expect(violation(5, 1, 'unit')).toBe(0)
  expect(violation(5, 1, 'any')).toBeCloseTo(19, 12)
  expect(violation(1.1, 1, 'unit')).toBeCloseTo(0.5, 12)
  expect(violation(1.1, 0.95, 'unit')).toBeCloseTo(0.25, 12)
  expect(violation(-1, -1.3, 'any')).toBeCloseTo(2.5, 12)
  expect(judged([0], [0], 'any')).toEqual({ objective: 0, gap: 0, violation: 0 })
})

test('the dual value is below the minimum whatever the residual, and meets it at the minimum', () => {
  let close = 0
  for (const range of ['any', 'non-negative', 'unit'] as const)
    for (let trial = 0; trial < 20; trial++) {
      const dictionary = gaussianDictionary(12, 5 + (trial % 9), [trial, 21])
      const many = batched(dictionary)
      const code = dictionary.superpose([0, 1]).map((entry, j) => entry + 0.3 * Math.sin(j + trial))
      const alpha = 0.01
      const lambda = alpha * dictionary.dimension
      const [minimum] = solveBpdn(dictionary, [code], { alpha, range })
      const below = (y: Coefficients) => {
        const rest = remainder(many, code, y)
        const scores = dictionary.correlate(rest)
        const { value } = dual(code, rest, scores, lambda, range)
        const beyond = scores.filter((score) => Math.abs(score) > lambda)
        expect(dual(code, rest, beyond, lambda, range).value).toBe(value)
        return minimum.objective - value
      }
      expect(below(minimum)).toBeCloseTo(0, 6)
      for (const values of [[], [0.9], [0.5, -0.5, 0.2]]) {
        const indices = values.map((_, m) => m)
        expect(below({ indices, values })).toBeGreaterThan(-1e-12)
        if (below({ indices, values }) < 0.3) close++
      }
    }
  expect(close).toBeGreaterThan(10)
})

test('the largest score is signed where coefficients are', () => {
  const scores = Float64Array.of(0.5, -2, 1)
  const most = (range: CoefficientRange, of = scores) => dual(scores, scores, of, 0.1, range).most
  expect(['any', 'non-negative', 'unit'].map((range) => most(range as CoefficientRange))).toEqual([2, 1, 1])
  expect(most('non-negative', Float64Array.of(-1, -2, -3))).toBe(0)
})

test('a coefficient between 0 and 1 may go either way, one at 1 only up, one at 0 only down', () => {
  const nothing = Float64Array.of(0)
  const violation = (score: number, value: number) =>
    optimality(nothing, nothing, all(Float64Array.of(score)), { indices: [0], values: [value] }, 0.1, 'unit')
      .violation
  const rows = [
    [0.5, 0.5, 4],
    [0, 0.5, 1],
    [0.5, 1, 0],
    [0, 1, 1],
    [0.5, 0, 4],
    [0, 0, 0],
  ]
  for (const [score, value, expected] of rows) expect(violation(score, value)).toBeCloseTo(expected, 12)
})
