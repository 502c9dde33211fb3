import { expect, test } from 'vitest'
import { checkCodeword, checkDictionary, checkKey, checkRows, checkShape } from './checks.js'
import { gaussianDictionary } from './dense.js'

const unchecked = <T>(value: unknown) => value as T

test.each([
  [() => checkCodeword(3, 3), 'codeword 3 is not in [0, 3)'],
  [() => checkCodeword(-1, 3), 'codeword -1 is not in [0, 3)'],
  [() => checkCodeword(0.5, 3), 'codeword 0.5 is not in [0, 3)'],
  [() => checkCodeword(unchecked('1'), 3), "codeword the string '1' is not in [0, 3)"],
  [() => checkShape(unchecked(null)), 'the shape must be an object, not null'],
  [() => checkShape({ N: 0, k: 0, d: 1 }), 'N must be an integer ≥ 1, not 0'],
  [() => checkShape({ N: 2, k: 3, d: 1 }), 'k must be an integer from 0 to 2, not 3'],
  [() => checkShape({ N: 2, k: -1, d: 1 }), 'k must be an integer from 0 to 2, not -1'],
  [() => checkShape({ N: 2, k: 2, d: 0 }), 'd must be an integer ≥ 1, not 0'],
  [() => checkRows([]), 'codewords must be a list of N ≥ 1 rows of numbers, not an empty one'],
  [() => checkRows(unchecked(7)), 'codewords must be a list of N ≥ 1 rows of numbers, not 7'],
  [() => checkRows([[1, 2], [3]]), 'codeword 1 has 1 entries, not 2'],
  [() => checkRows([[]]), 'the length of a codeword must be an integer ≥ 1, not 0'],
  [() => checkKey(unchecked([1])), 'key must be two integers, not 1'],
  [() => checkKey([1, 0.5]), `entry 1 of key must be an integer ≥ ${-(2 ** 53)}, not 0.5`],
  [() => checkDictionary(unchecked(undefined)), 'the dictionary must be an object, not undefined'],
])('%s is refused: %s', (call, message) => {
  expect(call).toThrow(new RangeError(message))
})

test('what is right passes, and a dictionary without one of its methods does not', () => {
  expect([checkCodeword(0, 3), checkCodeword(2, 3), checkShape({ N: 1, k: 1, d: 1 })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(checkRows([[1, 2]])).toEqual({ N: 1, d: 2 })
  checkKey([-(2 ** 53), 2 ** 40])
  const dictionary = gaussianDictionary(3, 2, [1, 2])
  checkDictionary(dictionary)
  const without = (name: string) => ({
    size: 3,
    dimension: 2,
    codeword() {},
    correlate() {},
    superpose() {},
    [name]: undefined,
  })
  for (const name of ['size', 'dimension', 'codeword', 'correlate', 'superpose'])
    expect(() => checkDictionary(unchecked(without(name)), 'of yours, '), name).toThrow(
      new RegExp(`^of yours, the dictionary's ${name} must be a`),
    )
})
