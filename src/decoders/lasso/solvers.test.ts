import { expect, test } from 'vitest'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import { inner } from '../../numerics/inner.js'
import { ActiveSet } from './active-set.js'
import { CoordinateDescent } from './coordinate-descent.js'
import type { Restricted } from './restricted.js'

/** A problem of n columns of both signs, and the objective at weights. */
function problem(n: number, d: number, trial: number, upper: number) {
  const dictionary = gaussianDictionary(n, d, [trial, 51])
  const code = dictionary.superpose([0, 1]).map((entry, j) => 1.3 * entry + 0.3 * Math.sin(3 * j + trial))
  const vectors = Array.from({ length: n }, (_, m) => {
    const sign = m % 2 === 0 ? 1 : -1
    return { sign: sign as 1 | -1, vector: dictionary.codeword(m).map((entry) => sign * entry) }
  })
  const fill = (solver: Restricted) => {
    vectors.forEach(({ sign }, m) => {
      solver.add(m, sign, dictionary.codeword(m))
    })
    return solver
  }
  const rest = (weights: ArrayLike<number>) =>
    vectors.reduce((left, { vector }, m) => left.map((entry, j) => entry - weights[m] * vector[j]), code)
  const slope = (weights: ArrayLike<number>, m: number, lambda: number) =>
    inner(vectors[m].vector, rest(weights)) - lambda
  return { code, vectors, fill, rest, slope, upper }
}
const weightsOf = ({ columns }: Restricted) => columns.map(({ weight }) => weight)

test.each([Infinity, 1])(
  'the active set is at the minimum over 0 ≤ y ≤ %f: slopes are 0 off the bounds',
  (upper) => {
    const places = { low: 0, free: 0, high: 0 }
    for (let trial = 0; trial < 20; trial++) {
      const { code, fill, rest, slope } = problem(9, 4 + (trial % 8), trial, upper)
      const solver = fill(new ActiveSet(code, upper))
      for (const lambda of [0.5, 0.01]) {
        expect(solver.minimise(lambda, 1e-9, 1000)).toBe(true)
        const weights = weightsOf(solver)
        weights.forEach((weight, m) => {
          const s = slope(weights, m, lambda)
          expect(weight).toBeGreaterThanOrEqual(0)
          expect(weight).toBeLessThanOrEqual(upper)
          if (weight > 0) expect(s).toBeGreaterThan(-1e-8)
          if (weight < upper) expect(s).toBeLessThan(1e-8)
          places[weight === 0 ? 'low' : weight === upper ? 'high' : 'free']++
        })
        rest(weights).forEach((entry, j) => {
          expect(solver.residual[j]).toBeCloseTo(entry, 10)
        })
      }
    }
    expect(Math.min(places.low, places.free)).toBeGreaterThan(25)
    expect(places.high > 0).toBe(upper === 1)
  },
)

test('the active set says when its steps did not do, and goes on from there', () => {
  const { code, fill } = problem(9, 6, 3, Infinity)
  const whole = fill(new ActiveSet(code, Infinity))
  expect(whole.minimise(0.01, 1e-9, 1000)).toBe(true)
  const short = fill(new ActiveSet(code, Infinity))
  let calls = 1
  while (calls < 50 && !short.minimise(0.01, 1e-9, 2)) calls++
  expect(calls).toBeGreaterThan(1)
  expect(short.steps).toBeGreaterThanOrEqual(calls)
  weightsOf(short).forEach((weight, m) => {
    expect(weight).toBeCloseTo(weightsOf(whole)[m], 9)
  })
  expect(new ActiveSet(code, 1).minimise(0.01, 1e-9, 0)).toBe(false)
})

test('a quarter of the violated conditions is released at a time, the worst ones', () => {
  const identity = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => +(i === j)))
  const dictionary = givenDictionary(identity)
  const solver = new ActiveSet(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), Infinity)
  identity.forEach((_, m) => {
    solver.add(m, 1, dictionary.codeword(m))
  })
  const used = () => solver.columns.filter(({ weight }) => weight > 0).map(({ index }) => index)
  const path: number[] = []
  while (path.length < 20 && !solver.minimise(0.5, 1e-9, 2)) path.push(used().length)
  expect(path.slice(0, 5)).toEqual([2, 4, 5, 6, 7])
  expect(solver.columns.map(({ weight }) => weight)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5])
})

test('a column that depends on free ones may get to its other bound before any of them to one of theirs', () => {
  const axes = [Float64Array.of(1, 0), Float64Array.of(0, 1)]
  for (const [entry, [first, last], order] of [
    [0.6, [0, 1], 'axes first'],
    [0.3, [1, 0], 'axes last'],
  ] as const) {
    const diagonal = Float64Array.of(entry, entry)
    const solver = new ActiveSet(Float64Array.of(0.81, 0.81), 1)
    const columns = order === 'axes first' ? [...axes, diagonal] : [diagonal, ...axes]
    const early = order === 'axes first' ? 2 : 1
    columns.slice(0, early).forEach((column, m) => {
      solver.add(m, 1, column)
    })
    expect(solver.minimise(0.01, 1e-9, 100)).toBe(true)
    expect(order === 'axes first' ? first : solver.columns[0].weight).toBe(first)
    columns.slice(early).forEach((column, m) => {
      solver.add(early + m, 1, column)
    })
    expect(solver.minimise(0.01, 1e-9, 100)).toBe(true)
    const weights = solver.columns.map(({ weight }) => weight)
    const at = order === 'axes first' ? 2 : 0
    expect(weights[at]).toBe(last)
    for (const weight of weights.toSpliced(at, 1)) expect(weight).toBeCloseTo(0.8 - entry * last, 12)
  }
})

test('columns that depend on each other give way', () => {
  const dictionary = givenDictionary([
    [1, 0],
    [0, 1],
    [0.6, 0.8],
    [0.8, 0.6],
  ])
  for (const upper of [Infinity, 1]) {
    for (let turn = 0; turn < 12; turn++) {
      const code = Float64Array.of(2 + Math.cos(turn), 2 + Math.sin(turn))
      const solver = new ActiveSet(code, upper)
      for (let m = 0; m < 4; m++) solver.add(m, 1, dictionary.codeword(m))
      expect(solver.minimise(0.01, 1e-10, 200)).toBe(true)
      const weights = weightsOf(solver)
      weights.forEach((weight, m) => {
        const s = inner(dictionary.codeword(m), solver.residual) - 0.01
        if (weight > 0) expect(s).toBeGreaterThan(-1e-9)
        if (weight < upper) expect(s).toBeLessThan(1e-9)
      })
    }
  }
})

test.each([Infinity, 1])('coordinate descent sweeps as it is defined, up to %f', (upper) => {
  const [lambda, tolerance] = [0.05, 1e-6]
  let longest = 0
  for (let trial = 0; trial < 4; trial++) {
    const { code, vectors, fill, rest, slope } = problem(7, 5, trial, upper)
    const y = new Float64Array(7)
    let n = 0
    const sweep = (over: number[]) => {
      let settled = true
      for (const m of over) {
        const s = slope(y, m, lambda)
        const best = Math.min(upper, Math.max(0, y[m] + s / inner(vectors[m].vector, vectors[m].vector)))
        if (best !== y[m] && Math.abs(s) > tolerance) settled = false
        y[m] = best
      }
      const solver = fill(new CoordinateDescent(code, upper))
      const done = solver.minimise(lambda, tolerance, ++n)
      expect(solver.steps).toBe(n)
      weightsOf(solver).forEach((weight, m) => {
        expect(weight).toBeCloseTo(y[m], 9)
      })
      rest(y).forEach((entry, j) => {
        expect(solver.residual[j]).toBeCloseTo(entry, 9)
      })
      expect(done).toBe(settled && over.length === 7)
      return settled
    }
    const all = [0, 1, 2, 3, 4, 5, 6]
    while (n < 60 && !sweep(all)) {
      const used = all.filter((m) => y[m] > 0)
      while (n < 60 && !sweep(used)) {}
    }
    longest = Math.max(longest, n)
  }
  expect(longest).toBeGreaterThan(5)
})

test.each([
  [2.2, [0.15, 1]],
  [1.5, [0, 0.7375]],
])(
  'a weight at its bound gives way to a longer column that it depends on: a code of %f',
  (entry, expected) => {
    for (const solver of [
      new ActiveSet(Float64Array.of(entry), 1),
      new CoordinateDescent(Float64Array.of(entry), 1),
    ]) {
      solver.add(0, 1, Float64Array.of(1))
      expect(solver.minimise(0.05, 1e-12, 1000)).toBe(true)
      expect(weightsOf(solver)).toEqual([1])
      solver.add(1, 1, Float64Array.of(2))
      expect(solver.minimise(0.05, 1e-12, 1000)).toBe(true)
      weightsOf(solver).forEach((weight, m) => {
        expect(weight).toBeCloseTo(expected[m], 9)
      })
    }
  },
)
