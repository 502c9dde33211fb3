import { expect, test } from 'vitest'
import { listOf } from './listed.js'

test('the choice of an answer is its list, or where it has none the k largest of its scores', () => {
  const scores = [0.1, 0.9, 0.4, 0.9]
  expect(listOf([3, 1], 1)).toEqual([3, 1])
  expect(listOf({ list: [2], scores }, 3)).toEqual([2])
  expect(Array.from(listOf({ scores }, 3)).sort()).toEqual([1, 2, 3])
})
