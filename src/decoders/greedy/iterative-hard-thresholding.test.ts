import { expect, test } from 'vitest'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import type { Dictionary } from '../../codes/problem.js'
import { drawTrial } from '../../codes/trial.js'
import { inner } from '../../numerics/inner.js'
import type { Ranking } from '../ranking.js'
import { Fit } from './fit.js'
import { iterativeHardThresholding } from './iterative-hard-thresholding.js'

const steps = ['unit', 'normalised'] as const
type Step = (typeof steps)[number]

/** ‖x − Fy‖/‖x‖ after this many iterations as the papers write them, on vectors of length N. */
function gapByDefinition(
  dictionary: Dictionary,
  x: Float64Array,
  k: number,
  step: Step,
  by: Ranking,
  t: number,
) {
  const encode = (y: Float64Array) =>
    y.reduce(
      (sum, weight, i) => dictionary.codeword(i).map((f, j) => sum[j] + weight * f),
      new Float64Array(x.length),
    )
  const minus = (a: Float64Array, b: Float64Array) => a.map((entry, j) => entry - b[j])
  let y = new Float64Array(dictionary.size)
  let support: number[] = []
  for (let n = 0; n < t; n++) {
    const slope = dictionary.correlate(minus(x, encode(y)))
    const along = slope.map((s, i) => (support.includes(i) ? s : 0))
    const hard = (mu: number) => {
      const moved = y.map((weight, i) => weight + mu * slope[i])
      const size = by === 'value' ? moved : moved.map(Math.abs)
      const kept = [...moved.keys()].sort((a, b) => size[b] - size[a]).slice(0, k)
      const next = moved.map((w, i) => (kept.includes(i) ? (by === 'value' ? Math.max(0, w) : w) : 0))
      return { next, kept, change: minus(next, y) }
    }
    let mu = step === 'unit' || n === 0 ? 1 : inner(along, along) / inner(encode(along), encode(along))
    for (; step === 'normalised' && n > 0; mu /= 2) {
      const { kept, next, change } = hard(mu)
      const same = kept.every((i) => support.includes(i) && next[i] !== 0)
      const image = encode(change)
      if (same || mu * inner(image, image) <= 0.99 * inner(change, change)) break
    }
    const { next, kept } = hard(mu)
    y = next
    support = kept
  }
  const rest = minus(x, encode(y))
  return Math.sqrt(inner(rest, rest) / inner(x, x))
}

test('iterates are those of the definition, one by one', () => {
  let compared = 0
  for (let trial = 0; trial < 12; trial++) {
    // Of five codewords fewer than four may have positive coefficients.
    const few = trial % 2 === 1
    const dictionary = gaussianDictionary(few ? 5 : 30, 8 + 2 * trial, [trial, 3])
    const code = few
      ? batched(dictionary).combine([0, 1, 2, 3], [1, -0.7, 0.6, -0.3])
      : dictionary.superpose([0, 1, 2, 3])
    for (const step of steps)
      for (const by of ['value', 'magnitude'] as const)
        for (let t = 1; t <= 6; t++) {
          const decoder = iterativeHardThresholding({ step, by, iterations: t })
          const { gap, iterations } = decoder.decodeWithReport({ dictionary, code, k: 4, random: () => 0 })
          if (iterations < t) continue
          expect(iterations).toBe(t)
          const defined = gapByDefinition(dictionary, code, 4, step, by, t)
          expect(Math.abs(gap! - defined)).toBeLessThan(1e-9 * Math.max(1, defined))
          compared++
        }
  }
  expect(compared).toBeGreaterThan(150)
})

test('stands still at the least squares of its support, and stops when it is lost', () => {
  const dictionary = gaussianDictionary(40, 60, [1, 1])
  const code = dictionary.superpose([3, 5]).map((entry, j) => entry + 0.01 * Math.sin(j))
  const problem = { dictionary, code, k: 2, random: () => 0 }
  const still = iterativeHardThresholding({ step: 'normalised' }).decodeWithReport(problem)
  expect(still.converged).toBe(true)
  expect(still.iterations).toBeLessThan(50)
  const rest = new Fit(batched(dictionary), code, still.answer).residual()
  expect(still.gap).toBeCloseTo(Math.sqrt(inner(rest, rest) / inner(code, code)), 9)
  const lost = drawTrial({ N: 2000, k: 10, d: 40 }, 'diverges', 0).problem
  const { gap, iterations, converged } = iterativeHardThresholding({ by: 'magnitude' }).decodeWithReport(lost)
  expect({ converged, far: gap! >= 1e6 }).toEqual({ converged: false, far: true })
  expect(iterations).toBeLessThan(200)
  const nothing = { ...problem, code: new Float64Array(60), k: 0 }
  expect(iterativeHardThresholding().decodeWithReport(nothing)).toMatchObject({ gap: 0, passes: 0 })
})

test('standing still is a share of y, whatever the unit of the code', () => {
  const dictionary = gaussianDictionary(40, 60, [1, 1])
  const code = dictionary.superpose([3, 5]).map((entry, j) => entry + 0.01 * Math.sin(j))
  const [one, large] = [1, 1024].map((unit) =>
    iterativeHardThresholding({ step: 'normalised' }).decodeWithReport({
      dictionary,
      code: code.map((entry) => unit * entry),
      k: 2,
      random: () => 0,
    }),
  )
  expect({ ...large, residual: one.residual }).toEqual(one)
})

test('where no coefficient is positive, or one is 0', () => {
  const halves = givenDictionary([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 0.5 : 0))))
  const read = (code: number[], by: Ranking, step: Step = 'normalised') =>
    iterativeHardThresholding({ step, by }).decodeWithReport({
      dictionary: halves,
      code: Float64Array.from(code),
      k: 2,
      random: () => 0,
    })
  // All that is negative is cut: y = 0 from the first step on.
  for (const step of steps)
    expect(read([-2, -1, -1, -1], 'value', step)).toMatchObject({ converged: true, iterations: 1, gap: 1 })
  // Scaled to norm 1 the first step reaches the minimum on the support, and the second moves nothing.
  expect(read([2, 0, 0, 0], 'magnitude')).toMatchObject({ answer: [0, 1], iterations: 2, gap: 0 })
})
