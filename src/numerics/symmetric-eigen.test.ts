import { expect, test } from 'vitest'
import { stream } from '../random/stream.js'
import { inner } from './inner.js'
import { symmetricEigen } from './symmetric-eigen.js'

const draws = stream('eigen')

function drawnMatrix(n: number, rank: number): Float64Array {
  const factor = Array.from({ length: n }, () =>
    Float64Array.from({ length: rank }, () => draws.uniform() - 0.5),
  )
  return Float64Array.from({ length: n * n }, (_, at) => inner(factor[Math.floor(at / n)], factor[at % n]))
}

const cases: [string, number, Float64Array][] = [
  ['one number', 1, Float64Array.of(-3)],
  [
    'diagonal already, with equal values',
    4,
    Float64Array.of(2, 0, 0, 0, 0, -1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0),
  ],
  ['full rank', 40, drawnMatrix(40, 60)],
  ['of low rank', 33, drawnMatrix(33, 5)],
  ['all ones', 7, new Float64Array(49).fill(1)],
  ['zero', 3, new Float64Array(9)],
]

test.each(cases)('%s: A v = λ v, vectors orthonormal, values ascending', (_, n, matrix) => {
  const { values, vectors } = symmetricEigen(matrix, n)
  const scale = Math.max(...values.map(Math.abs), 1e-300)
  vectors.forEach((v, i) => {
    vectors.forEach((w, j) => {
      expect(Math.abs(inner(v, w) - (i === j ? 1 : 0))).toBeLessThan(1e-13)
    })
    for (let a = 0; a < n; a++) {
      const image = inner(matrix.slice(a * n, (a + 1) * n), v)
      expect(Math.abs(image - values[i] * v[a])).toBeLessThan(n * 1e-15 * scale + 1e-300)
    }
    if (i > 0) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1])
  })
  const alone = symmetricEigen(matrix, n, false)
  expect(alone.values).toEqual(values)
  expect(alone.vectors).toEqual([])
})
