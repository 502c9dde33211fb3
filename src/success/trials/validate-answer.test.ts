import { expect, test } from 'vitest'
import { answerViolation } from './validate-answer.js'

test.each([
  [[3, 1], undefined],
  [Uint32Array.of(3, 1), undefined],
  [{ length: 2, 0: 0, 1: 9 }, undefined],
  [[1], 'answered with 1 indices, not k = 2'],
  [[1, 2, 3], 'answered with 3 indices, not k = 2'],
  [
    [0, 1, 1, 0, 0, 0, 0, 0, 0, 0],
    'answered with 10 indices, not k = 2: a mask; answer with the places where it is 1',
  ],
  [[1, Number.NaN], 'answered with NaN as entry 1, not an index'],
  [[0.5, 1], 'answered with 0.5 as entry 0, not an index'],
  [['1', 2], 'answered with something of type string as entry 0, not an index'],
  [[1, undefined], 'answered with undefined as entry 1, not an index'],
  [[-1, 2], 'answered with -1 as entry 0, outside of 0 to N − 1 = 9'],
  [[1, 10], 'answered with 10 as entry 1, outside of 0 to N − 1 = 9 (indices count from 0)'],
  [[7, 7], /^named codeword 7 twice; .* declares sizeVaries: true$/],
  [undefined, 'answered with undefined, not with a list of indices'],
  [null, 'answered with null, not with a list of indices'],
  ['12', 'answered with something of type string, not with a list of indices'],
  [new Set([1, 2]), 'answered with a Set, not with a list of indices'],
])('%o', (answer, message) => {
  const found = answerViolation(answer, 10, 2)?.message
  if (message instanceof RegExp) expect(found).toMatch(message)
  else expect(found).toBe(message)
})

test('a decoder of varying size may answer with any number of indices up to N', () => {
  expect(answerViolation([], 3, 2, true)).toBeUndefined()
  expect(answerViolation([0, 1, 2], 3, 2, true)).toBeUndefined()
  expect(answerViolation([0, 1, 2, 0], 3, 2, true)).toEqual({
    kind: 'wrong-size',
    message: 'answered with 4 indices, not at most N = 3',
  })
  expect(answerViolation([0, 0, 1], 3, 2, true)).toEqual({
    kind: 'duplicate',
    message: 'named codeword 0 twice; a rule that may choose one twice answers with the distinct ones',
  })
})
