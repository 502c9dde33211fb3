import { expect, test } from 'vitest'
import { batched } from '../codes/batched-dictionary.js'
import { rademacherDictionary } from '../codes/rademacher.js'
import { aboveBar, candidateBar } from './candidate-bar.js'
import type { Ranking } from './ranking.js'

test.each(['value', 'magnitude'] as const)(
  'some four times as many scores as asked for reach the bar: %s',
  (by) => {
    const [N, d, n] = [2 ** 15, 128, 100]
    const many = batched(rademacherDictionary(N, d, [1, 4]))
    const residual = Float64Array.from({ length: d }, (_, j) => 1 + Math.sin(j * j))
    const [{ scores }] = many.selectMany([residual], [aboveBar(candidateBar(residual, N, n, by), by)])
    // Binomial around 400: five deviations.
    expect(Math.abs(scores.length - 4 * (n + 2))).toBeLessThan(100)
    expect(scores.some((score) => score < 0)).toBe(by === 'magnitude')
  },
)

test('all scores are asked for where they are few, and codewords besides the bar', () => {
  const residual = Float64Array.of(1, 2)
  const finite = (N: number, by: Ranking, misses = 0) => candidateBar(residual, N, 1, by, misses) > -Infinity
  expect([24, 25].map((N) => finite(N, 'value'))).toEqual([false, true])
  expect([12, 13].map((N) => finite(N, 'magnitude'))).toEqual([false, true])
  expect([384, 385].map((N) => finite(N, 'value', 1))).toEqual([false, true])
  const all = { low: Infinity, high: -Infinity, also: [] }
  expect(aboveBar(-Infinity, 'magnitude')).toEqual(all)
  expect(aboveBar(2, 'value', [3])).toEqual({ low: -Infinity, high: 2, also: [3] })
})
