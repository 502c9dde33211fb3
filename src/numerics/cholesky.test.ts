import fc from 'fast-check'
import { lusolve } from 'mathjs'
import { expect, test } from 'vitest'
import { Cholesky } from './cholesky.js'

const matrices = fc.integer({ min: 1, max: 8 }).chain((n) =>
  fc.tuple(
    fc.array(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: n, maxLength: n }), {
      minLength: n,
      maxLength: n,
    }),
    fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }),
    fc.array(fc.nat(), { maxLength: n - 1 }),
  ),
)

/** I + BᵀB, which is positive definite. */
const definite = (B: number[][]) =>
  B.map((_, i) => B.map((_, j) => B.reduce((sum, row) => sum + row[i] * row[j], i === j ? 1 : 0)))

test('solves as mathjs does, after any appends and removals', () => {
  fc.assert(
    fc.property(matrices, ([B, rhs, removals]) => {
      const A = definite(B)
      const factor = new Cholesky()
      A.forEach((row, i) => {
        expect(factor.append(row.slice(0, i), row[i])).toBe(true)
      })
      const left = A.map((_, i) => i)
      for (const removal of removals) {
        const at = removal % left.length
        left.splice(at, 1)
        factor.remove(at)
      }
      const kept = left.map((i) => left.map((j) => A[i][j]))
      const want = lusolve(
        kept,
        left.map((i) => rhs[i]),
      ) as number[][]
      factor.solve(left.map((i) => rhs[i])).forEach((x, i) => {
        expect(x).toBeCloseTo(want[i][0], 9)
      })
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('refuses a dependent column and stays as it was', () => {
  const factor = new Cholesky()
  factor.append([], 2)
  factor.append([1], 2)
  expect(factor.append([2, 1], 2)).toBe(false)
  expect([...factor.solve([3, 3])]).toEqual([expect.closeTo(1), expect.closeTo(1)])
})
