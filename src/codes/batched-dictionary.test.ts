import { expect, test } from 'vitest'
import { select } from '../kernels/select.js'
import { argmax, batched } from './batched-dictionary.js'
import { gaussianDictionary } from './dense.js'

test('a dictionary that takes one vector at a time is viewed as one that takes many', () => {
  const inside = gaussianDictionary(7, 4, [8, 8])
  const user = {
    size: 7,
    dimension: 4,
    codeword: (i: number) => inside.codeword(i),
    correlate: (v: Float64Array) => inside.correlate(v),
    superpose: (subset: ArrayLike<number>) => inside.superpose(subset),
  }
  const some = { ...user, argmaxMany: () => [], combine: () => new Float64Array(4) }
  const v = Float64Array.of(1, -2, 0.5, 3)
  for (const dictionary of [inside, user, some, { ...user, correlateMany: () => [] }]) {
    const many = batched(dictionary)
    expect([many.size, many.dimension]).toEqual([7, 4])
    expect(many.codeword(2)).toEqual(inside.codeword(2))
    expect(many.correlate(v)).toEqual(inside.correlate(v))
    expect(many.correlateMany([v, v])).toEqual([inside.correlate(v), inside.correlate(v)])
    expect(many.superpose([1, 4])).toEqual(inside.superpose([1, 4]))
    const wanted = { low: -1, high: 1, also: [3] }
    expect(many.selectMany([v], [wanted])).toEqual([select(inside.correlate(v), wanted)])
    many.combine([1, 4], [1, -2]).forEach((entry, j) => {
      expect(entry).toBeCloseTo(inside.codeword(1)[j] - 2 * inside.codeword(4)[j], 12)
    })
    const scores = [...inside.correlate(v)]
    const most = Math.max(...scores)
    expect(many.argmaxMany([v])).toEqual([{ index: scores.indexOf(most), score: most }])
  }
  expect(batched(inside)).toBe(inside)
  expect(argmax([1, 3, 2, 3])).toEqual({ index: 1, score: 3 })
})
