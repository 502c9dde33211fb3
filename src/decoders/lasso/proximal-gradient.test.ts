import { expect, test } from 'vitest'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import type { Dictionary } from '../../codes/problem.js'
import { select } from '../../kernels/select.js'
import { inner } from '../../numerics/inner.js'
import { all } from '../../testing/selected-scores.js'
import type { CoefficientRange } from './objective.js'
import { ProximalGradient } from './proximal-gradient.js'

const ranges: CoefficientRange[] = ['any', 'non-negative', 'unit']

/**
 * The iteration as the papers write it, on vectors of length N: what is known after each step, for one λ after
 * another.
 */
function* byDefinition(
  dictionary: Dictionary,
  x: Float64Array,
  lambdas: readonly number[],
  steps: number,
  range: CoefficientRange,
  accelerated: boolean,
) {
  const many = batched(dictionary)
  const encode = (y: Float64Array) => many.combine([...y.keys()], y)
  const minus = (a: Float64Array, b: Float64Array) => a.map((entry, j) => entry - b[j])
  const square = (v: Float64Array) => inner(v, v)
  let y = new Float64Array(dictionary.size)
  for (const lambda of lambdas) {
    const shrink = (value: number, bar: number) => {
      if (range === 'any') return Math.sign(value) * Math.max(0, Math.abs(value) - bar)
      return Math.min(range === 'unit' ? 1 : Infinity, Math.max(0, value - bar))
    }
    const objective = (of: Float64Array) =>
      square(minus(x, encode(of))) / 2 + lambda * of.reduce((sum, weight) => sum + Math.abs(weight), 0)
    const lowerBound = (rest: Float64Array) => {
      const scores = dictionary.correlate(rest)
      const most = Math.max(...scores.map((score) => (range === 'any' ? Math.abs(score) : score)))
      const u = rest.map((entry) =>
        range === 'unit' ? entry : entry * Math.min(1, lambda / Math.max(most, 0)),
      )
      const cost = scores.reduce((sum, score) => sum + Math.max(0, score - lambda), 0)
      return square(x) / 2 - square(minus(x, u)) / 2 - (range === 'unit' ? cost : 0)
    }
    let z = y
    let [t, L, bound, last] = [1, 1, 0, objective(y)]
    for (let n = 0; n < steps; n++) {
      const rest = minus(x, encode(z))
      const slope = dictionary.correlate(rest)
      const step = () => z.map((weight, i) => shrink(weight + slope[i] / L, lambda / L))
      while (square(encode(minus(step(), z))) > L * square(minus(step(), z)) * (1 + 1e-12)) L *= 1.5
      const next = step()
      bound = Math.max(bound, lowerBound(rest))
      const value = objective(next)
      const beyond = (1 + Math.sqrt(1 + 4 * t * t)) / 2
      const share = accelerated && value <= last ? (t - 1) / beyond : 0
      z = next.map((weight, i) => weight + share * (weight - y[i]))
      t = accelerated && value <= last ? beyond : 1
      y = next
      last = value
      yield { y, residual: minus(x, encode(z)), objective: value, gap: (value - bound) / value }
    }
  }
}

test.each([false, true])(
  'iterates are those of the definition, one by one (accelerated: %s)',
  (accelerated) => {
    const [steps, negatives] = [10, new Set<CoefficientRange>()]
    for (const range of ranges)
      for (let trial = 0; trial < 3; trial++) {
        const dictionary = gaussianDictionary(14, 6 + 2 * trial, [trial, 11])
        const code = dictionary.superpose([0, 1, 2]).map((entry, j) => entry + 0.4 * Math.sin(3 * j + trial))
        const lambdas = [0.3, 0.02]
        const state = new ProximalGradient(batched(dictionary), code, lambdas[0], range, accelerated)
        expect({ gap: state.gap, lambda: state.lambda }).toEqual({ gap: 1, lambda: 0.3 })
        expect(state.objective).toBeCloseTo(inner(code, code) / 2, 12)
        let n = 0
        for (const defined of byDefinition(dictionary, code, lambdas, steps, range, accelerated)) {
          if (n++ === steps) {
            state.lambda = lambdas[1]
            expect(state.gap).toBe(1)
          }
          const asked = n % 2 > 0 ? state.wanted : { low: Infinity, high: -Infinity, also: [] }
          state.step(select(dictionary.correlate(state.residual), asked))
          const { indices, values } = state.point
          const dense = new Float64Array(14)
          indices.forEach((i, m) => {
            dense[i] = values[m]
          })
          expect(indices.toSorted((a, b) => a - b)).toEqual(indices)
          expect(values).not.toContain(0)
          if (values.some((value) => value < 0)) negatives.add(range)
          const same = (a: ArrayLike<number>, b: Float64Array) =>
            b.forEach((entry, i) => {
              expect(a[i]).toBeCloseTo(entry, 9)
            })
          same(dense, defined.y)
          same(state.residual, defined.residual)
          expect(state.objective).toBeCloseTo(defined.objective, 9)
          expect(state.gap).toBeCloseTo(Math.max(0, defined.gap), 9)
        }
        expect(n).toBe(2 * steps)
        expect(state.lambda).toBe(0.02)
      }
    expect([...negatives]).toEqual(['any'])
  },
)

test('stands still at the minimum, and over a code of zero', () => {
  const dictionary = gaussianDictionary(5, 8, [1, 12])
  const nothing = new ProximalGradient(batched(dictionary), new Float64Array(8), 0.1, 'any', true)
  nothing.step(select(new Float64Array(5), nothing.wanted))
  expect(nothing).toMatchObject({ objective: 0, gap: 0, point: { indices: [], values: [] } })
  const code = dictionary.superpose([2])
  const state = new ProximalGradient(batched(dictionary), code, 0.1, 'any', true)
  const step = () => state.step(select(dictionary.correlate(state.residual), state.wanted))
  for (let n = 0; n < 400; n++) step()
  const { objective, gap } = state
  expect(gap).toBeLessThan(1e-12)
  step()
  expect(state.objective).toBeCloseTo(objective, 14)
})

test('steps that move nothing but rounding go on, and all scales with the unit of the code', () => {
  const dictionary = gaussianDictionary(24, 10, [2, 7])
  const many = batched(dictionary)
  const code = dictionary.superpose([3, 8]).map((entry, j) => entry + 0.05 * Math.sin(j))
  for (const accelerated of [false, true]) {
    const [small, own, large] = [2 ** -40, 1, 2 ** 40].map((unit) => {
      const scaled = code.map((entry) => unit * entry)
      const run = new ProximalGradient(many, scaled, 0.05 * unit, 'any', accelerated)
      for (let n = 0; n < 1500; n++) run.step(select(many.correlate(run.residual), run.wanted))
      return run.point.values.map((value) => value / unit)
    })
    expect([small, large]).toEqual([own, own])
    expect(own.length).toBeGreaterThan(1)
  }
})

test('a step ends where rounding leaves no curvature enough', () => {
  const exact = batched(gaussianDictionary(6, 4, [1, 2]))
  let calls = 0
  const rough = { ...exact, combine: () => Float64Array.of(1e3 * ++calls, 0, 0, 0) }
  const state = new ProximalGradient(rough, exact.codeword(0), 0.1, 'any', true)
  state.step(all(exact.correlate(exact.codeword(0))))
  for (const value of state.point.values) expect(Math.abs(value)).toBeLessThan(1e-100)
  expect(calls).toBeLessThan(1000)
})
