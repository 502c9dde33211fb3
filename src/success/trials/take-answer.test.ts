import { expect, test } from 'vitest'
import { takeAnswer } from './take-answer.js'

const shape = { N: 4, k: 2 }

test.each([
  [[3, 1], { list: [3, 1] }],
  [{ list: Uint8Array.of(3, 1) }, { list: [3, 1] }],
  [{ scores: [1, 2, 2, 2] }, { list: [1, 2], scores: [1, 2, 2, 2] }],
  [
    { list: [0, 2], scores: Float64Array.of(1, 0, 2, 0), amplitudes: [0.5, 2] },
    { list: [0, 2], scores: [1, 0, 2, 0], amplitudes: [0.5, 2] },
  ],
  [
    { scores: [0, 1, 3, 2], amplitudes: [1, 2] },
    { list: [2, 3], scores: [0, 1, 3, 2], amplitudes: [1, 2] },
  ],
])('%o is taken', (answer, taken) => {
  expect(takeAnswer(answer, shape)).toEqual(taken)
})

test.each([
  [{ amplitudes: [1, 2] }, 'answered with neither a list nor scores'],
  [{ list: [1], scores: [1, 2, 3, 4] }, 'answered with 1 indices, not k = 2'],
  [{ scores: [1, 2, 3] }, 'answered with 3 scores, not N = 4'],
  [{ scores: 7 }, 'answered with 7 as scores, not with a list'],
  [{ scores: [1, 2, Number.NaN, 4] }, 'answered with NaN as entry 2 of its scores, not a finite number'],
  [{ scores: [1, 2, '3', 4] }, /^answered with something of type string as entry 2 of its scores/],
  [{ list: [1, 2], amplitudes: [1] }, 'answered with 1 amplitudes, not 2 of its list'],
  [{ list: [1, 2], amplitudes: [1, Infinity] }, /Infinity as entry 1 of its amplitudes/],
  [{}, 'answered with something of type object, not with a list of indices'],
])('%o breaks the contract', (answer, message) => {
  const taken = takeAnswer(answer, shape)
  expect('kind' in taken && taken.message).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  )
})
