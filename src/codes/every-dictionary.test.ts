import { describe, expect, test } from 'vitest'
import { select } from '../kernels/select.js'
import { stream } from '../random/stream.js'
import { argmax, type BatchedDictionary, batched } from './batched-dictionary.js'
import { coupledDictionary } from './coupled.js'
import { parseCoupling } from './coupling.js'
import { gaussianDictionary } from './dense.js'
import { describeDictionary, dictionaryFrom } from './description.js'
import { float32Dictionary } from './float32-dictionary.js'
import { rademacherArena, rademacherDictionary } from './rademacher.js'
import { ReindexedDictionary } from './reindexed.js'

const key = [3, 8] as const
const [N, d] = [50, 21]
const gaussian = gaussianDictionary(N, d, key)
const floats = float32Dictionary(gaussian.entries(), d)
const backwards = Array.from({ length: N }, (_, i) => N - 1 - i)
const kinds: Readonly<Record<string, BatchedDictionary>> = {
  signs: rademacherDictionary(N, d, key),
  'a prefix of signs': rademacherDictionary(N, 40, key).prefix(d),
  'a part of signs': rademacherDictionary(80, 40, key).part(16, N, d),
  'coupled signs': coupledDictionary(parseCoupling('coupled:2/3/4'), N, d, key, rademacherArena()),
  doubles: gaussian,
  floats,
  'unit floats': floats.unit(),
  'a view in another order': batched(new ReindexedDictionary(gaussian, backwards)),
}

const random = stream('every dictionary')
const vectors = [0, 1, 2].map(() => Float64Array.from({ length: d }, () => random.uniform() - 0.5))
const [indices, weights] = [
  [49, 0, 7, 7, 33],
  [2, -1, 0.5, 3, -0.25],
]

describe.each(Object.entries(kinds))('%s', (kind, dictionary) => {
  const rows = Array.from({ length: N }, (_, i) => dictionary.codeword(i))
  const scores = vectors.map((v) => rows.map((row) => row.reduce((sum, f, j) => sum + f * v[j], 0)))
  const sum = (weightOf: (m: number) => number) =>
    Array.from({ length: d }, (_, j) => indices.reduce((total, i, m) => total + weightOf(m) * rows[i][j], 0))
  const close = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
    expect(found.length).toBe(expected.length)
    for (let i = 0; i < found.length; i++) expect(found[i]).toBeCloseTo(expected[i], 9)
  }

  test('scores, selections, the largest, and sums are those of its codewords', () => {
    expect([dictionary.size, dictionary.dimension, rows[0].length]).toEqual([N, d, d])
    const unit = rows.every((row) => Math.abs(row.reduce((square, f) => square + f * f, 0) - 1) < 1e-9)
    expect(dictionary.unitNorms ?? false).toBe(['coupled signs', 'unit floats'].includes(kind))
    if (dictionary.unitNorms) expect(unit).toBe(true)
    close(dictionary.correlate(vectors[2]), scores[2])
    dictionary.correlateMany(vectors).forEach((found, c) => {
      close(found, scores[c])
    })
    const wanted = scores.map((all, c) => {
      const sorted = [...all].sort((a, b) => a - b)
      return { low: (sorted[c] + sorted[c + 1]) / 2, high: (sorted[44] + sorted[45]) / 2, also: [c, 20] }
    })
    dictionary.selectMany(vectors, wanted).forEach((found, c) => {
      const expected = select(Float64Array.from(scores[c]), wanted[c])
      expect([...found.indices]).toEqual([...expected.indices])
      close(found.scores, expected.scores)
    })
    dictionary.argmaxMany(vectors).forEach(({ index, score }, c) => {
      expect(index).toBe(argmax(scores[c]).index)
      expect(score).toBeCloseTo(scores[c][index], 9)
    })
    close(
      dictionary.superpose(indices),
      sum(() => 1),
    )
    close(
      dictionary.combine(indices, weights),
      sum((m) => weights[m]),
    )
    expect([...dictionary.superpose([])]).toEqual(new Array(d).fill(0))
  })

  test('is described so that another process has the same', () => {
    const description = structuredClone(describeDictionary(dictionary))
    const again = dictionaryFrom(description, rademacherArena())
    rows.forEach((row, i) => {
      close(again.codeword(i), row)
    })
    expect(describeDictionary(again)).toEqual(description)
  })
})

test.each(Object.entries(kinds).slice(0, -1))(
  '%s: no codeword beyond, and no vector of another length',
  (_, dictionary) => {
    const v = vectors[0]
    for (const i of [-1, N, 0.5]) {
      const message = new RangeError(`codeword ${i} is not in [0, ${N})`)
      expect(() => dictionary.codeword(i)).toThrow(message)
      expect(() => dictionary.superpose([0, i])).toThrow(message)
      expect(() => dictionary.combine([0, i], [1, 1])).toThrow(message)
    }
    const wanted = { low: 0, high: 0, also: [] }
    for (const length of [0, d - 1, d + 1]) {
      const other = new Float64Array(length)
      const message = new RangeError(`a vector of length ${d} is needed, not ${length}`)
      expect(() => dictionary.correlate(other)).toThrow(message)
      expect(() => dictionary.correlateMany([v, other])).toThrow(message)
      expect(() => dictionary.selectMany([v, other], [wanted, wanted])).toThrow(message)
      expect(() => dictionary.argmaxMany([v, other])).toThrow(message)
    }
  },
)
