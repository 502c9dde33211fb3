import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { mapThreshold } from '../../bounds/map-boundary.js'
import { dictionaryOfSigns, rademacherDictionary } from '../../codes/rademacher.js'
import { fastUniform } from '../../random/fast-uniform.js'
import { normalTail } from '../../statistics/normal.js'
import { builtInDecoders, conditionalOf } from '../built-in.js'
import type { Bar } from './bar.js'
import { matchingPursuitRule } from './matching-pursuit.js'
import { drawMembers, Members } from './members.js'
import { orthogonalMatchingPursuitRule } from './omp.js'
import { Residual } from './residual.js'
import { mapTau, thresholdFailing, thresholdRule } from './threshold.js'
import { topKFailing, topKRule } from './top-k.js'

/** What a bar should be, its weights by the vector that they make. */
interface Expected extends Omit<Bar, 'weights'> {
  readonly residual: readonly number[]
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, j) => sum + x * b[j], 0)
const combined = (rows: readonly number[][], weights: ArrayLike<number>) =>
  rows[0].map((_, j) => rows.reduce((sum, row, m) => sum + weights[m] * row[j], 0))

/** Rows of signs, few of them distinct where there are few dimensions: ties, repeats and opposites. */
const instances = fc
  .record({ k: fc.integer({ min: 1, max: 6 }), d: fc.integer({ min: 1, max: 9 }) })
  .chain(({ k, d }) =>
    fc.record({
      rows: fc.array(fc.array(fc.constantFrom(1, -1), { minLength: d, maxLength: d }), {
        minLength: k,
        maxLength: k,
      }),
      positions: fc.shuffledSubarray([0.1, 0.2, 0.35, 0.5, 0.7, 0.9], { minLength: k, maxLength: k }),
    }),
  )

const membersOf = (rows: number[][], positions: number[]) => new Members(dictionaryOfSigns(rows), positions)

/** The first of the largest among those open, as a decoder that looks at each of them finds it. */
function bestOf(scores: readonly number[], positions: readonly number[], open: readonly number[]): number {
  const most = Math.max(...open.map((m) => scores[m]))
  const tied = open.filter((m) => scores[m] >= most - 1e-9)
  return tied.sort((a, b) => positions[a] - positions[b])[0]
}

function expectBars(rows: number[][], bars: Bar[] | undefined, expected: readonly Expected[] | undefined) {
  expect(bars?.length).toBe(expected?.length)
  expected?.forEach(({ residual, score, energy, position }, i) => {
    const bar = bars![i]
    combined(rows, bar.weights).forEach((entry, j) => {
      expect(entry).toBeCloseTo(residual[j], 8)
    })
    expect(bar.score).toBeCloseTo(score, 8)
    expect(bar.energy).toBeCloseTo(energy, 8)
    expect(bar.position).toBe(position)
  })
}

test.each(['unit', 'projection'] as const)(
  'matching pursuit is that of vectors, step by step: %s',
  (step) => {
    let [ends, fails] = [0, 0]
    const property = fc.property(instances, ({ rows, positions }) => {
      const every = rows.map((_, m) => m)
      let residual = combined(
        rows,
        rows.map(() => 1),
      )
      const taken: number[] = []
      let expected: Expected[] | undefined = []
      while (expected && taken.length < rows.length) {
        const scores = rows.map((row) => dot(row, residual))
        // Scores of projections that tie but for rounding may go either way.
        const sorted = [...scores].sort((a, b) => b - a)
        fc.pre(step === 'unit' || sorted.length < 2 || sorted[0] - sorted[1] > 1e-9)
        const best = bestOf(scores, positions, every)
        if (taken.includes(best)) expected = undefined
        else {
          const r = residual
          expected.push({ residual: r, score: scores[best], energy: dot(r, r), position: positions[best] })
          taken.push(best)
          const length = step === 'unit' ? 1 : scores[best] / r.length
          residual = r.map((entry, j) => entry - length * rows[best][j])
        }
      }
      if (expected) ends++
      else fails++
      expectBars(rows, matchingPursuitRule(step)(membersOf(rows, positions), 99), expected)
    })
    fc.assert(property, { seed: 1, numRuns: 150 })
    expect(Math.min(ends, fails)).toBeGreaterThan(15)
  },
)

/** What is left of a vector without its part in the span of rows, by Gram and Schmidt. */
function projectedOut(v: readonly number[], rows: readonly number[][]): number[] {
  const basis: number[][] = []
  const without = (u: readonly number[]) =>
    basis.reduce<number[]>((rest, b) => rest.map((x, j) => x - dot(u, b) * b[j]), [...u])
  for (const row of rows) {
    const rest = without(row)
    const norm = Math.sqrt(dot(rest, rest))
    if (norm > 1e-6) basis.push(rest.map((x) => x / norm))
  }
  const left = without(v)
  return dot(left, left) > 1e-12 ? left : left.map(() => 0)
}

test.each(['value', 'magnitude'] as const)(
  'orthogonal matching pursuit is that of projections, by %s',
  (by) => {
    let [steps, explained] = [0, 0]
    const property = fc.property(instances, ({ rows, positions }) => {
      const code = combined(
        rows,
        rows.map(() => 1),
      )
      const taken: number[] = []
      const expected: Expected[] = []
      while (taken.length < rows.length) {
        const residual = projectedOut(
          code,
          taken.map((m) => rows[m]),
        )
        const ranks = rows.map((row) => dot(row, residual)).map((x) => (by === 'value' ? x : Math.abs(x)))
        const open = rows.map((_, m) => m).filter((m) => !taken.includes(m))
        const most = Math.max(...open.map((m) => ranks[m]))
        const nothing = residual.every((entry) => entry === 0)
        fc.pre(taken.length === 0 || nothing || open.filter((m) => ranks[m] > most - 1e-9).length === 1)
        const best = bestOf(ranks, positions, open)
        const bar = { score: ranks[best], energy: dot(residual, residual), position: positions[best] }
        expected.push({ ...bar, residual })
        if (by === 'magnitude') expected.push({ ...bar, residual: residual.map((entry) => -entry) })
        taken.push(best)
        steps++
        if (nothing) explained++
      }
      expectBars(rows, orthogonalMatchingPursuitRule(by)(membersOf(rows, positions), 99), expected)
    })
    fc.assert(property, { seed: 2, numRuns: 150 })
    expect(Math.min(steps, explained)).toBeGreaterThan(30)
  },
)

test('one-step rules have one bar: the last of the members, or the least whole score that reaches τ', () => {
  const taus = fc.oneof(
    evenly(-1, 3),
    fc.integer({ min: -9, max: 18 }).map((sixth) => sixth / 6),
  )
  const property = fc.property(instances, taus, ({ rows, positions }, tau) => {
    const members = membersOf(rows, positions)
    const [k, d] = [rows.length, rows[0].length]
    const residual = combined(
      rows,
      rows.map(() => 1),
    )
    const scores = rows.map((row) => dot(row, residual))
    const energy = dot(residual, residual)
    const [last] = rows.map((_, m) => m).sort((a, b) => scores[a] - scores[b] || positions[b] - positions[a])
    expectBars(rows, topKRule(members, 99), [
      { residual, score: scores[last], energy, position: positions[last] },
    ])
    const least = Array.from({ length: 8 * d * d }, (_, i) => i - 4 * d * d).find((s) => s / d >= tau)!
    const passes = scores.every((score) => score / d >= tau)
    const bar = { residual, score: least, energy, position: Infinity }
    const told: object[] = []
    const rule = thresholdRule((shape) => {
      told.push(shape)
      return tau
    })
    expectBars(rows, rule(members, 99), passes ? [bar] : undefined)
    expect(told).toEqual([{ N: 99, k, d }])
    const chance = thresholdFailing(() => tau).chance({ N: 99, k, d })
    for (const score of scores) expect(chance(score, energy)).toBe(score / d >= tau ? 0 : 1)
  })
  fc.assert(property, { seed: 3, numRuns: 150 })
})

test('where there is nobody to tell from the others there is no bar', () => {
  const none = membersOf([[1, -1, 1]], [])
  const one = membersOf([[1, -1, 1]], [0.5])
  expect(topKRule(none, 5)).toEqual([])
  for (const tau of [Infinity, -Infinity]) expect(thresholdRule(() => tau)(one, 1)).toEqual([])
  expect(matchingPursuitRule('unit')(none, 5)).toEqual([])
  expect(orthogonalMatchingPursuitRule('value')(none, 5)).toEqual([])
  expect(mapTau({ N: 5, k: 0, d: 9 })).toBe(Infinity)
  expect(mapTau({ N: 5, k: 5, d: 9 })).toBe(-Infinity)
  expect(mapTau({ N: 50, k: 5, d: 90 })).toBe(mapThreshold(50, 5, 90))
  expect(Array.from(none.code)).toEqual([0, 0, 0])
})

test('a member fails top-k where one of N − k others, Gaussian but for their kurtosis, scores more', () => {
  const [k, d, energy] = [5, 80, 390]
  for (const N of [7, 1e4]) {
    const chance = topKFailing.chance({ N, k, d })
    for (const score of [-20, 0, 30, 60, 75, 120]) {
      const x = score / Math.sqrt(energy)
      const fourth = x > 0 ? (((6 - 4 / k) / d) * x ** 4) / 24 : 0
      const tail = normalTail(x) * Math.exp(-fourth)
      expect(chance(score, energy)).toBeCloseTo(1 - Math.exp(-(N - k) * tail), 10)
    }
  }
  expect(topKFailing.chance({ N: 1e308, k, d })(-1, energy)).toBe(1)
  expect([topKFailing.layers, thresholdFailing(() => 1).layers]).toEqual([8, 1])
})

test('one-step decoders have control variates, others none; each a second’s worth of trials', () => {
  for (const { name, family, conditional } of builtInDecoders) {
    if (!conditional) continue
    const oneStep = family === 'one-step'
    expect([name, conditional.trials, conditional.failing !== undefined]).toEqual([
      name,
      oneStep ? 5000 : 4000,
      oneStep,
    ])
    expect(conditionalOf(name).rule).toBeTypeOf('function')
  }
})

test.each([3, 130])('sums, scores and residuals of %i members are those of their rows', (k) => {
  const d = 41
  const rows = Array.from({ length: k }, (_, m) =>
    Array.from({ length: d }, (_, j) => ((m * m * 7 + j * 3 + m * j * j) % 5 < 2 ? 1 : -1)),
  )
  const members = membersOf(
    rows,
    rows.map((_, m) => m / k),
  )
  const code = combined(
    rows,
    rows.map(() => 1),
  )
  expect(Array.from(members.codeScores())).toEqual(rows.map((row) => dot(row, code)))
  expect(Array.from(members.gram)).toEqual(rows.flatMap((a) => rows.map((b) => dot(a, b))))
  expect(Array.from(members.codeScores())).toEqual(rows.map((row) => dot(row, code)))
  const signs = new Int32Array(2)
  rows[1].forEach((sign, j) => {
    if (sign < 0) signs[j >> 5] |= 1 << (j & 31)
  })
  const products = new Float64Array(k)
  members.correlateSigns(signs, products)
  expect(Array.from(products)).toEqual(rows.map((row) => dot(row, rows[1])))
  const vector = rows[0].map((_, j) => Math.sin(j))
  members.products(Float64Array.from(vector)).forEach((product, m) => {
    expect(product).toBeCloseTo(dot(rows[m], vector), 8)
  })
  const residual = new Residual(members)
  for (const step of [0.5, 2, 1 / 3, -1]) {
    for (const few of [true, false]) {
      const weights = rows.map((_, m) => (few && m > 1 ? 1 : ((m % 4) - 1) * step))
      residual.move(Float64Array.from(weights))
      const expected = combined(rows, weights)
      residual.entries.forEach((entry, j) => {
        expect(entry).toBeCloseTo(expected[j], 9)
      })
      expect(residual.entries instanceof Int32Array).toBe(Number.isInteger(step))
      expect(residual.energy).toBeCloseTo(dot(expected, expected), 6)
    }
  }
  expect(Array.from(members.code)).toEqual(code)
})

test('members are drawn by their key: signs of a dictionary, and places of the uniform generator', () => {
  const key = [5, 6] as const
  const uniform = fastUniform(key)
  for (const d of [70, 33]) {
    const { k, positions, gram } = drawMembers(4, d, key)
    if (d === 70) expect(Array.from(positions)).toEqual(Array.from({ length: 4 }, () => uniform()))
    expect([k, positions.length]).toEqual([4, 4])
    expect(gram).toEqual(rademacherDictionary(4, d, key).gram())
  }
  const none = drawMembers(0, 9, key)
  expect([none.k, none.d, none.positions.length, none.code.length]).toEqual([0, 9, 0, 9])
  expect(Array.from(none.code)).toEqual(new Array(9).fill(0))
})
