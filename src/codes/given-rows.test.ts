import { expect, test } from 'vitest'
import { givenDictionary } from './dense.js'
import { isDead, withoutDead, withRows } from './given-rows.js'

const rows = [
  [3, 4],
  [0.3, 0],
  [0, 5],
  [0.5, 0],
  [6, 0],
  [0, 0],
  [4, 3],
]
const dictionary = givenDictionary(rows)
const codewordsOf = ({ size, codeword }: { size: number; codeword(i: number): Float64Array }) =>
  Array.from({ length: size }, (_, i) => [...codeword(i)])

test('a codeword of at most a tenth of the median norm is left out, and said', () => {
  const { dictionary: alive, dead } = withoutDead(dictionary)
  expect(dead).toEqual([1, 3, 5])
  expect(codewordsOf({ size: alive.size, codeword: (i) => alive.codeword(i) })).toEqual(
    [0, 2, 4, 6].map((i) => rows[i]),
  )
  expect([0.5, 0.500001, 0, Number.NaN].map((norm) => isDead(norm, 5))).toEqual([true, false, true, true])
})

test('a dictionary without dead codewords stays itself; one of nothing else is refused', () => {
  const alive = givenDictionary([
    [1, 0],
    [0, 2],
  ])
  expect(withoutDead(alive)).toEqual({ dictionary: alive, dead: [] })
  expect(withoutDead(alive).dictionary).toBe(alive)
  expect(() =>
    withoutDead(
      givenDictionary([
        [0, 0],
        [0, 0],
      ]),
    ),
  ).toThrow('every codeword of the file is zero')
})

test('so many codewords are drawn by the seed, all where no number is given, never more than there are', () => {
  expect(withRows(dictionary, undefined, '1')).toBe(dictionary)
  expect(withRows(dictionary, rows.length, '1')).toBe(dictionary)
  expect(() => withRows(dictionary, rows.length + 1, '1')).toThrow('there are 7 codewords, fewer than -N 8')
  const texts = rows.map((row) => row.join())
  const drawn = (seed: string) => {
    const some = withRows(dictionary, 3, seed)
    return Array.from({ length: some.size }, (_, i) => some.codeword(i).join())
  }
  const seen = Array.from({ length: 40 }, (_, seed) => drawn(`${seed}`))
  for (const some of seen) {
    expect(new Set(some).size).toBe(3)
    for (const text of some) expect(texts).toContain(text)
  }
  expect(new Set(seen.flat())).toEqual(new Set(texts))
  expect(drawn('a')).toEqual(drawn('a'))
})
