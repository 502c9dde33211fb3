import { expect, test } from 'vitest'
import { answerFault } from './validate-answer.js'

test.each([
  [[3, 1], undefined],
  [Uint32Array.of(3, 1), undefined],
  [{ length: 2, 0: 0, 1: 9 }, undefined],
  [[1], 'answered with 1 indices, not k = 2'],
  [[1, 2, 3], 'answered with 3 indices, not k = 2'],
  [[1, Number.NaN], 'entry 1 of the answer is NaN'],
  [[0.5, 1], 'entry 0 of the answer is 0.5'],
  [['1', 2], 'entry 0 of the answer is something of type string'],
  [[1, undefined], 'entry 1 of the answer is undefined'],
  [[-1, 2], 'entry 0 of the answer is -1, N = 10'],
  [[1, 10], 'entry 1 of the answer is 10, N = 10'],
  [[7, 7], 'the answer holds 7 twice'],
  [undefined, 'answered with undefined, not with a list of indices'],
  [null, 'answered with null, not with a list of indices'],
  ['12', 'answered with something of type string, not with a list of indices'],
  [new Set([1, 2]), 'answered with something of type object, not with a list of indices'],
])('%o', (answer, message) => {
  expect(answerFault(answer, 10, 2)?.message).toBe(message)
})

test('a decoder of varying size may answer with any number of indices up to N', () => {
  expect(answerFault([], 3, 2, true)).toBeUndefined()
  expect(answerFault([0, 1, 2], 3, 2, true)).toBeUndefined()
  expect(answerFault([0, 1, 2, 0], 3, 2, true)?.kind).toBe('wrong-size')
  expect(answerFault([0, 0, 1], 3, 2, true)?.kind).toBe('duplicate')
})
