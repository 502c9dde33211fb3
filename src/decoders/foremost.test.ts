import { expect, test } from 'vitest'
import { manyCodes } from '../codes/many-codes.js'
import { rademacherDictionary } from '../codes/rademacher.js'
import { foremostBar, rankedFrom } from './foremost.js'

test.each(['value', 'magnitude'] as const)(
  'some four times as many scores as asked for reach the bar: %s',
  (by) => {
    const [N, d, n] = [2 ** 15, 128, 100]
    const many = manyCodes(rademacherDictionary(N, d, [1, 4]))
    const residual = Float64Array.from({ length: d }, (_, j) => 1 + Math.sin(j * j))
    const [{ scores }] = many.selectMany([residual], [rankedFrom(foremostBar(residual, N, n, by), by)])
    // Binomial around 400: five deviations.
    expect(Math.abs(scores.length - 4 * n)).toBeLessThan(100)
    expect(scores.some((score) => score < 0)).toBe(by === 'magnitude')
  },
)

test('all scores are asked for where they are few, and codewords besides the bar', () => {
  const residual = Float64Array.of(1, 2)
  expect([8, 9].map((N) => foremostBar(residual, N, 1, 'value'))).toEqual([
    -Infinity,
    expect.closeTo(0.221, 3),
  ])
  expect([4, 5].map((N) => foremostBar(residual, N, 1, 'magnitude') > -Infinity)).toEqual([false, true])
  const all = { low: Infinity, high: -Infinity, also: [] }
  expect(rankedFrom(-Infinity, 'magnitude')).toEqual(all)
  expect(rankedFrom(2, 'value', [3])).toEqual({ low: -Infinity, high: 2, also: [3] })
})
