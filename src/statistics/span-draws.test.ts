import { expect, test } from 'vitest'
import { inner } from '../numerics/inner.js'
import { fastUniform } from '../random/fast-uniform.js'
import { drawsInSpan, usualSum } from './span-draws.js'
import { weightedSigns } from './weighted-sign-tail.js'

const d = 12

/** Orthonormal directions, and weights orthogonal to them. */
function drawn(m: number) {
  const uniform = fastUniform([m, 7])
  const rows: Float64Array[] = []
  for (let i = 0; i <= m; i++) {
    const row = Float64Array.from({ length: d }, () => 2 * uniform() - 1)
    for (const before of [...rows, ...rows]) {
      const along = inner(row, before)
      for (let j = 0; j < d; j++) row[j] -= along * before[j]
    }
    const norm = Math.sqrt(inner(row, row))
    rows.push(row.map((entry) => entry / norm))
  }
  return { directions: rows.slice(0, m), weights: rows[m] }
}

/** The pattern of bits of the signs. */
const patternOf = (signs: Float64Array): number =>
  signs.reduce((bits, sign) => 2 * bits + Number(sign > 0), 0)

test.each([
  [2, 1.6, 0.8],
  [3, 2.4, 0.75],
  [5, 2.6, 0.7],
])(
  'with %i directions, of a rank from %d on, and a sum below its %d: each that there is, equally often',
  (m, rank, share) => {
    const { directions, weights } = drawn(m)
    const cut = share * rank
    const wanted = new Map<number, number>()
    for (let bits = 0; bits < 2 ** d; bits++) {
      const signs = Float64Array.from({ length: d }, (_, j) => 2 * ((bits >> j) & 1) - 1)
      const sum = inner(signs, weights)
      const within = directions.reduce((total, q) => total + inner(q, signs) ** 2, 0)
      if (sum < cut && sum >= rank * Math.sqrt(1 - within / d)) wanted.set(patternOf(signs), 0)
    }
    expect(wanted.size).toBeGreaterThan(3)
    const { chance, draw } = drawsInSpan(weightedSigns(weights), directions, cut, rank)
    const random = fastUniform([m, 8])
    const signs = new Float64Array(d)
    const each = 200
    const tries = Math.round(each * chance * 2 ** d)
    for (let i = 0; i < tries; i++) {
      const sum = draw(random, signs)
      if (sum === undefined) continue
      expect(sum).toBeCloseTo(inner(signs, weights), 12)
      wanted.set(patternOf(signs), wanted.get(patternOf(signs))! + 1)
    }
    // A count has mean and variance 200: Wilson and Hilferty's χ², beyond 4.5 with probability 3e-6 either way.
    const chi = [...wanted.values()].reduce((total, count) => total + (count - each) ** 2 / each, 0)
    const f = wanted.size
    expect(Math.abs(Math.cbrt(chi / f) - 1 + 2 / (9 * f)) / Math.sqrt(2 / (9 * f))).toBeLessThan(4.5)
  },
)

test('what a rank is of, by its sum alone, is all but a share of e^-6 by Chernoff’s bound', () => {
  expect(usualSum(0, 768)).toBe(1)
  for (const m of [1, 16, 64, 300]) {
    const square = 768 * (1 - usualSum(m, 768) ** 2)
    expect((square - m - m * Math.log(square / m)) / 2).toBeCloseTo(6, 1)
  }
  // Never more than half of the way to all.
  expect(usualSum(12, 14)).toBeCloseTo(Math.sqrt(1 / 14), 12)
})
