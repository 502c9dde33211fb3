import { expect, test } from 'vitest'
import { fileError } from './file-error.js'
import { InputError } from './input-error.js'
import { integerFromText } from './parse-integer.js'
import { didYouMean } from './suggestion.js'

test.each([
  ['1048576', 2 ** 20],
  [' 2^20 ', 2 ** 20],
  ['10^100', 1e100],
  ['0', 0],
  ['2^0', 1],
  ['9007199254740993', 2 ** 53],
])("'%s' is the integer %d", (text, value) => {
  expect(integerFromText(text)).toBe(value)
})

test.each(['', '1.5', '-3', '2^', '^2', 'N 2', '2 N', '2^-1', '2^2^2', '10^400'])(
  "'%s' is no integer",
  (text) => {
    expect(integerFromText(text)).toBeNaN()
  },
)

test('a name is nearly another when it differs in two letters, or in a third of them', () => {
  const names = ['omp', 'top-k', 'matching-pursuit']
  expect(didYouMean('topk', names)).toBe("did you mean 'top-k'?")
  expect(didYouMean('mop', names)).toBe("did you mean 'omp'?")
  expect(didYouMean('amp-bernoulli', names)).toBeUndefined()
  expect(didYouMean('matching-', names)).toBeUndefined()
  expect(didYouMean('matching-pu', names)).toBeUndefined()
  expect(didYouMean('matching-purs', names)).toBe("did you mean 'matching-pursuit'?")
})

test('an input error goes by its name', () => {
  expect(String(new InputError('no such file'))).toBe('InputError: no such file')
})

test('why a file could not be used is said in a few words, or in those of the system', () => {
  const error = (code?: string) => Object.assign(new Error('as the system says'), { code })
  expect(fileError(error('ENOENT'))).toBe('there is no such file or folder')
  expect(fileError(error('EISDIR'))).toBe('it is a folder')
  expect(fileError(error('EWHAT'))).toBe('as the system says')
  expect(fileError(error())).toBe('as the system says')
})
