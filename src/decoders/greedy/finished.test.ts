import { expect, test } from 'vitest'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import type { Dictionary } from '../../codes/problem.js'
import { unexplained } from '../decode-report.js'
import { Fit } from './fit.js'
import { orthogonalLeastSquares } from './ols.js'
import { finishedOmp } from './omp-finished.js'

const random = () => 0
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, entry, j) => sum + entry * b[j], 0)

/** Codewords of unequal norms with a common part. */
function drawn(N: number, d: number, seed: number): Dictionary {
  const gaussian = gaussianDictionary(N, d, [seed, 31])
  const row = (i: number) =>
    gaussian.codeword(i).map((entry, j) => (1 + (i % 3) / 2) * (entry + 0.2 * (j % 2)))
  return givenDictionary(Array.from({ length: N }, (_, i) => row(i)))
}

/** Both pursuits as they are defined, by Gram and Schmidt: until k coefficients are 1 and make the code. */
function defined(dictionary: Dictionary, code: Float64Array, k: number, most: number, kind: 'omp' | 'ols') {
  const rows = Array.from({ length: dictionary.size }, (_, i) => Array.from(dictionary.codeword(i)))
  const taken: number[] = []
  const basis: number[][] = []
  const without = (v: ArrayLike<number>) =>
    [...basis, ...basis].reduce((rest, b) => rest.map((x, j) => x - dot(rest, b) * b[j]), Array.from(v))
  while (taken.length < most) {
    const residual = without(code)
    const ranks = rows.map((row, i) => {
      const length = (v: number[]) => Math.sqrt(dot(v, v))
      return taken.includes(i) ? -Infinity : dot(row, residual) / length(kind === 'omp' ? row : without(row))
    })
    const pick = ranks.indexOf(Math.max(...ranks))
    const rest = without(rows[pick])
    basis.push(rest.map((x) => x / Math.sqrt(dot(rest, rest))))
    taken.push(pick)
    const weights = new Fit(batched(dictionary), code, taken).weights()
    const ones = taken.filter((_, m) => weights[m] > 0.5)
    if (ones.length === k && unexplained(dictionary, code, ones) === 0)
      return { answer: ones, converged: true, iterations: taken.length }
  }
  return { answer: taken.slice(0, k), converged: false, iterations: most }
}

test.each([
  ['OMP, finished', 'omp', finishedOmp(), true],
  ['OLS', 'ols', orthogonalLeastSquares(), false],
  ['OLS, finished', 'ols', orthogonalLeastSquares(true), true],
] as const)(
  '%s takes the picks of its definition, and ends with the answer that makes the code',
  (_, kind, decoder, finish) => {
    const ends = { early: 0, late: 0, never: 0 }
    for (let trial = 0; trial < 30; trial++) {
      const [N, d, k] = [
        [30, 12, 3],
        [9, 20, 2],
        [40, 15, 4],
      ][trial % 3]
      const dictionary = drawn(N, d, trial)
      const subset = Array.from({ length: k }, (_, m) => (7 * m + trial) % N)
      const made = dictionary.superpose(subset)
      const code = trial % 5 === 4 ? made.map((entry, j) => entry + 0.1 * Math.sin(j)) : made
      const most = finish ? Math.max(k, Math.floor(0.8 * Math.min(N, d))) : k
      const expected = defined(dictionary, code, k, most, kind)
      const { answer, converged, iterations } = expected
      const residual = unexplained(dictionary, code, answer)
      const passes = iterations
      expect(decoder.decodeWithReport({ dictionary, code, k, random })).toEqual({
        ...{ answer, converged, residual, gap: residual, iterations, passes },
      })
      if (!converged) ends.never++
      else if (iterations > k) ends.late++
      else ends.early++
    }
    expect(ends.early).toBeGreaterThan(3)
    expect(ends.never).toBeGreaterThan(3)
    if (finish) expect(ends.late).toBeGreaterThan(0)
  },
)

test('what depends on the picks comes last, the lowest index first, and takes no pass of its own', () => {
  const dictionary = givenDictionary([
    [0, 2, 0],
    [0, 1, 0],
    [3, 0, 0],
    [1, 1, 0],
    [0, 0, 0],
  ])
  const code = Float64Array.of(3, 1, 0)
  const report = (k: number) => orthogonalLeastSquares().decodeWithReport({ dictionary, code, k, random })
  expect(report(5)).toMatchObject({ answer: [2, 0, 1, 3, 4], iterations: 5, passes: 3, converged: false })
  expect(report(0)).toMatchObject({ answer: [], iterations: 0, passes: 0 })
  const zeros = { dictionary, code: new Float64Array(3), k: 0, random }
  for (const decoder of [finishedOmp(), orthogonalLeastSquares(true)])
    expect(decoder.decodeWithReport(zeros)).toEqual({
      ...{ answer: [], converged: true, residual: 0, gap: 0, iterations: 0, passes: 0 },
    })
})
