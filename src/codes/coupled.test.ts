import { describe, expect, test } from 'vitest'
import { InputError } from '../io/input-error.js'
import { inner } from '../numerics/inner.js'
import { stream } from '../random/stream.js'
import { batched } from './batched-dictionary.js'
import type { CoupledDictionary } from './coupled.js'
import { columnShares, coupledLayout, isCoupled, oneBlock, parseCoupling } from './coupling.js'
import { denseDescription, describeDictionary, dictionaryFrom } from './description.js'
import { IDEAL, modelId } from './model/description.js'
import { modelOf } from './model/general.js'
import { rademacherArena } from './rademacher.js'

const shapes = [
  { text: 'coupled:1/1/1', N: 20, d: 13 },
  { text: 'coupled:2/3/4', N: 50, d: 33 },
  { text: 'coupled:3/7/8', N: 101, d: 60 },
  { text: 'coupled:5/8/10', N: 400, d: 141 },
] as const

function drawn(text: `coupled:${string}`, N: number, d: number, k = 5) {
  const draw = modelOf({ ...IDEAL, dictionary: text }).draw({ N, k, d }, 'coupled', 3)
  return { draw, dictionary: draw.dictionary.build(rademacherArena()) as CoupledDictionary }
}

describe('a coupled dictionary', () => {
  test.each(shapes)('$text: its products are those of its codewords, N = $N, d = $d', ({ text, N, d }) => {
    const { dictionary } = drawn(text, N, d)
    const dense = dictionaryFrom(denseDescription(dictionary), rademacherArena())
    const { uniform } = stream('vector', text)
    const v = Float64Array.from({ length: d }, () => uniform() - 0.5)
    const scores = dense.correlate(v)
    const close = (a: ArrayLike<number>, b: ArrayLike<number>, digits = 10) => {
      expect(a.length).toBe(b.length)
      for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i], digits)
    }
    close(dictionary.correlate(v), scores)
    close(dictionary.correlateMany([v], 4)[0], scores, 1)
    const high = [...scores].sort((a, b) => b - a)[3] - 1e-9
    const wanted = { low: -Infinity, high, also: [N - 1, 0].sort((a, b) => a - b) }
    const [selected, plain] = [dictionary, batched(dense)].map((one) => one.selectMany([v], [wanted])[0])
    expect([...selected.indices]).toEqual([...plain.indices])
    close(selected.scores, plain.scores)
    expect(dictionary.argmaxMany([v])[0].index).toBe(batched(dense).argmaxMany([v])[0].index)
    const some = [N - 1, 0, N >> 1]
    close(dictionary.superpose(some), dense.superpose(some), 13)
    close(dictionary.combine(some, [2, -1, 0.5]), batched(dense).combine(some, [2, -1, 0.5]), 13)
  })

  test.each(shapes)('$text: unit codewords of one magnitude on their rows alone', ({ text, N, d }) => {
    const { dictionary } = drawn(text, N, d)
    const { width } = parseCoupling(text)
    const filled = new Set<number>()
    for (const { first, size, from, to, fromBlock, toBlock } of dictionary.layout.columns) {
      expect(toBlock - fromBlock).toBeLessThanOrEqual(width)
      for (let i = first; i < first + size; i++) {
        const codeword = dictionary.codeword(i)
        expect(inner(codeword, codeword)).toBeCloseTo(1, 12)
        codeword.forEach((entry, j) => {
          if (entry !== 0) filled.add(j)
        })
        const expected = codeword.map((_, j) => (j >= from && j < to ? 1 / Math.sqrt(to - from) : 0))
        expect(codeword.map(Math.abs)).toEqual(expected)
      }
    }
    expect(filled.size).toBe(d)
  })

  test('is described by its key, and superposed as it is without being built', () => {
    const { draw, dictionary } = drawn('coupled:3/7/8', 101, 60)
    const again = dictionaryFrom(structuredClone(draw.dictionary.describe()), rademacherArena())
    expect(describeDictionary(again)).toEqual(describeDictionary(dictionary))
    expect(describeDictionary(dictionary)).toMatchObject({ kind: 'coupled', coupling: 'coupled:3/7/8' })
    expect(again.codeword(77)).toEqual(dictionary.codeword(77))
    expect(draw.dictionary.superpose(draw.subset)).toEqual(draw.code(dictionary))
    const weights = Float64Array.of(1, 2, 3, 4, 5)
    expect(draw.dictionary.combine(draw.subset, weights)).toEqual(dictionary.combine(draw.subset, weights))
    expect(draw.model).toBeUndefined()
    expect(modelId({ ...IDEAL, dictionary: 'coupled:3/7/8' })).toBe('coupled:3/7/8')
  })

  test.each([
    'coupled:',
    'coupled:5/8',
    'coupled:5/8/10/2',
    'coupled:0/8/7',
    'coupled:5/8/13',
    'coupled:5/8/4',
    'coupled:5/8/7',
    'coupled:8/5/7',
    'coupled:a/8/10',
    'coupled:5/1025/1029',
    'coupled:5/0/5',
    'coupled:0/1/1',
    'coupling:5/8/10',
    'coupled:-5/8/10',
    'coupled:5/8/10x',
    'coupled:5/2000/2001',
    'coupled:5.5/8/10',
  ])('%s is refused in one line', (text) => {
    expect(() => parseCoupling(text)).toThrow(/^a coupled dictionary is coupled:ω\/Λ\/R, .*$/)
  })

  test('texts at the ends of what is right, and which of three things is wrong', () => {
    for (const [text, width, columnBlocks, rowBlocks] of [
      ['coupled:1/1/1', 1, 1, 1],
      ['coupled:5/8/8', 5, 8, 8],
      ['coupled:05/8/12', 5, 8, 12],
      ['coupled:8/5/8', 8, 5, 8],
      ['coupled:1/1024/1024', 1, 1024, 1024],
    ] as const)
      expect(parseCoupling(text)).toEqual({
        text: `coupled:${width}/${columnBlocks}/${rowBlocks}`,
        width,
        columnBlocks,
        rowBlocks,
      })
    for (const [text, wrong] of [
      ['coupled:5/8', 'three integers'],
      ['coupled:5/x/8', 'with ω ≥ 1 and 1 ≤ Λ ≤ 1024'],
      ['coupled:8/5/7', 'with 8 ≤ R ≤ 12 at this ω and Λ, so that every block has its rows and columns'],
    ])
      expect(() => parseCoupling(text)).toThrow(
        new InputError(`a coupled dictionary is coupled:ω/Λ/R, as coupled:5/8/10; ${wrong}, not '${text}'`),
      )
    expect([isCoupled('coupled:'), isCoupled('coupled'), isCoupled(7)]).toEqual([true, false, false])
  })

  test('blocks are equal up to one, and the last codewords stand on fewer rows', () => {
    expect(coupledLayout(parseCoupling('coupled:3/4/5'), 10, 12)).toEqual({
      rows: [0, 2, 4, 7, 9, 12],
      columns: [
        { first: 0, size: 2, fromBlock: 0, toBlock: 3, from: 0, to: 7 },
        { first: 2, size: 3, fromBlock: 1, toBlock: 4, from: 2, to: 9 },
        { first: 5, size: 2, fromBlock: 2, toBlock: 5, from: 4, to: 12 },
        { first: 7, size: 3, fromBlock: 3, toBlock: 5, from: 7, to: 12 },
      ],
    })
    expect(oneBlock(9, 4)).toEqual({
      rows: [0, 4],
      columns: [{ first: 0, size: 9, fromBlock: 0, toBlock: 1, from: 0, to: 4 }],
    })
  })

  test.each(shapes)(
    '$text: shares of the squared norm are those of a codeword, block by block',
    ({ text, N, d }) => {
      const { dictionary } = drawn(text, N, d)
      const { rows, columns } = dictionary.layout
      columnShares(dictionary.layout).forEach((shares, c) => {
        const squares = dictionary.codeword(columns[c].first).map((entry) => entry * entry)
        expect(shares.length).toBe(rows.length - 1)
        shares.forEach((share, r) => {
          const mine = squares.subarray(rows[r], rows[r + 1]).reduce((sum, square) => sum + square, 0)
          expect(share).toBeCloseTo(mine, 12)
        })
      })
    },
  )

  test('the first of codewords that score alike is the largest, whichever their blocks', () => {
    const { dictionary } = drawn('coupled:1/3/3', 3, 3, 2)
    const v = dictionary.superpose([0, 1, 2])
    expect(dictionary.argmaxMany([v, v.map((entry) => -entry)]).map(({ index }) => index)).toEqual([0, 0])
  })

  test('who knows which codewords may reach a bar selects the same', () => {
    const { dictionary } = drawn('coupled:3/7/8', 101, 60)
    const v = dictionary.superpose([5, 50, 100])
    const high = [...dictionary.correlate(v)].sort((a, b) => b - a)[6]
    const wanted = { low: -Infinity, high, also: [99] }
    const [all] = dictionary.selectMany([v], [wanted])
    expect(all.indices.length).toBeGreaterThanOrEqual(7)
    const among = [...all.indices, 3].sort((a, b) => a - b)
    expect(dictionary.selectMany([v], [{ ...wanted, among }])).toEqual([all])
  })

  test('needs a row and a codeword for every block', () => {
    expect(() => drawn('coupled:5/8/10', 7, 100)).toThrow(/needs N ≥ 8 and d ≥ 10, not N = 7, d = 100/)
    const { columns } = coupledLayout(parseCoupling('coupled:5/8/10'), 8, 10)
    expect(columns.map(({ first, size }) => [first, size])).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((c) => [c, 1]),
    )
    expect(() => drawn('coupled:5/8/10', 64, 9)).toThrow(/needs N ≥ 8 and d ≥ 10, not N = 64, d = 9/)
  })
})
