import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trial } from '../arbitraries/trial.js'
import { select } from '../kernels/select.js'
import { stream } from '../random/stream.js'
import { argmax } from './batched-dictionary.js'
import { DenseDictionary, gaussianDictionary, givenDictionary } from './dense.js'
import { dictionaryOfSigns, rademacherDictionary } from './rademacher.js'

const shapes = fc.record({
  N: fc.integer({ min: 1, max: 60 }),
  d: fc.integer({ min: 1, max: 70 }),
  more: fc.integer({ min: 0, max: 70 }),
  seed: fc.nat(),
})

test('inner products that tie in exact arithmetic tie in correlate, for codes and residuals', () => {
  let ties = 0
  fc.assert(
    fc.property(
      trial({ N: { max: 30 }, d: { max: 90 } }),
      fc.array(fc.nat(), { maxLength: 9 }),
      (drawn, take) => {
        const { dictionary, code } = drawn.problem
        const { size: N, dimension: d } = dictionary
        const signs = Array.from({ length: N }, (_, i) =>
          Array.from(dictionary.codeword(i), (entry) => Math.sign(entry)),
        )
        const exact = signs[0].map((_, j) => drawn.subset.reduce((sum, i) => sum + signs[i][j], 0))
        const residual = code.slice()
        for (const draw of take) {
          const i = draw % N
          dictionary.codeword(i).forEach((entry, j) => {
            residual[j] -= entry
            exact[j] -= signs[i][j]
          })
        }
        const scores = dictionary.correlate(residual)
        const integers = signs.map((row) => row.reduce((sum, sign, j) => sum + sign * exact[j], 0))
        ties += N - new Set(integers).size
        // Doubles of different fractions with one denominator differ: what ties here ties there, and nothing else.
        expect([...scores]).toEqual(integers.map((integer) => integer / d))
      },
    ),
    { seed: 3, numRuns: 120 },
  )
  expect(ties).toBeGreaterThan(300)
})

test('a real vector is correlated to 2^-39 of its largest entry, one to many alike', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: -8, max: 200 }), ({ N, d, more, seed }, exponent) => {
      const dictionary = rademacherDictionary(N, d, [seed, 4])
      const random = stream('real', seed)
      const draw = () => Float64Array.from({ length: d }, () => (random.uniform() - 0.5) * 10 ** exponent)
      const vectors = Array.from({ length: 1 + (more % 3) }, draw)
      const many = dictionary.correlateMany(vectors)
      vectors.forEach((v, c) => {
        const largest = v.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
        expect(many[c]).toEqual(dictionary.correlate(v))
        for (let i = 0; i < N; i++) {
          const plain = dictionary.codeword(i).reduce((sum, f, j) => sum + f * v[j], 0)
          expect(Math.abs(many[c][i] - plain)).toBeLessThanOrEqual(2 ** -39 * Math.sqrt(d) * largest)
        }
      })
    }),
    { seed: 4, numRuns: 40 },
  )
})

test.each([4, 5, 7])(
  'at %i bits a score is off by less than half of them, and those that reach a bar are selected',
  (bits) => {
    fc.assert(
      fc.property(shapes, fc.nat(150), ({ N, d, seed }, percent) => {
        const dictionary = rademacherDictionary(N, d, [seed, 5])
        const random = stream('coarse', seed)
        const vectors = [0, 1].map(() => Float64Array.from({ length: d }, () => random.uniform() - 0.5))
        const high = percent / 100 / Math.sqrt(12)
        const also = Int32Array.of(seed % N)
        const selected = dictionary.selectMany(
          vectors,
          [
            { low: -Infinity, high, also },
            { low: -high, high: 2 * high, also },
          ],
          bits,
        )
        dictionary.correlateMany(vectors, bits).forEach((scores, c) => {
          const largest = vectors[c].reduce((most, x) => Math.max(most, Math.abs(x)), 0)
          dictionary.correlate(vectors[c]).forEach((score, i) => {
            expect(Math.abs(scores[i] - score)).toBeLessThanOrEqual(2 ** -bits * Math.sqrt(d) * largest * 1.1)
            const [low, bar] = c === 0 ? [-Infinity, high] : [-high, 2 * high]
            const at = selected[c].indices.indexOf(i)
            if (at >= 0) expect(selected[c].scores[at]).toBe(scores[i])
            else expect(scores[i] > low && scores[i] < bar && i !== also[0]).toBe(true)
          })
        })
      }),
      { seed: 6, numRuns: 25 },
    )
  },
)

test('signs are the ones given, and a prefix has no bits beyond its own', () => {
  const rows = [
    [1, -1, 1, 1, -1, -1, -1, -1, -1],
    [-1, 1, 1, -1, 1, 1, 1, 1, -1],
  ]
  const dictionary = dictionaryOfSigns(rows)
  expect(rows.map((_, i) => [...dictionary.signs(i)])).toEqual(rows)
  expect([...dictionary.prefix(5).bits(0)]).toEqual([0b10010])
  expect([...dictionary.bits(1)]).toEqual([0b00001001, 1])
})

test('products over all codewords are those of their signs, and so are those of a prefix', () => {
  const [N, d] = [40, 70]
  const drawn = rademacherDictionary(N, d, [4, 4])
  const copy = dictionaryOfSigns(Array.from({ length: N }, (_, i) => drawn.signs(i)))
  for (const dictionary of [drawn, copy, copy.prefix(21)]) {
    const signs = Array.from({ length: N }, (_, i) => drawn.signs(i).slice(0, dictionary.dimension))
    expect(signs.map((_, i) => dictionary.signs(i))).toEqual(signs)
    expect(dictionary.total()).toEqual(dictionary.sum([...signs.keys()]))
    const products = signs.flatMap((f) => signs.map((g) => f.reduce((sum, sign, j) => sum + sign * g[j], 0)))
    expect([...dictionary.gram()]).toEqual(products)
    const integers = Int32Array.from({ length: dictionary.dimension }, (_, j) => 3 * j - 50)
    expect([...dictionary.products(integers)]).toEqual(
      signs.map((f) => f.reduce((sum, sign, j) => sum + sign * integers[j], 0)),
    )
    const rows = dictionary.rows()
    const words = rows.length / N
    for (const [i, f] of signs.entries())
      expect(f.map((_, j) => ((rows[i * words + (j >> 5)] >> (j & 31)) & 1 ? -1 : 1))).toEqual(f)
    const code = dictionary.superpose([1, 5, 39])
    const real = code.map((entry, j) => entry + Math.sin(j))
    expect(dictionary.argmaxMany([code, real])).toEqual(dictionary.correlateMany([code, real]).map(argmax))
  }
})

test('from a code are selected those that reach a bar, and no others', () => {
  const dictionary = rademacherDictionary(40, 21, [3, 3])
  const code = dictionary.superpose([1, 5, 9])
  const scores = dictionary.correlate(code)
  const bars = [...new Set(scores)].sort((a, b) => a - b)
  for (const [i, low] of bars.slice(0, -2).entries()) {
    const high = bars[i + 2]
    const wanted = { low, high, also: [] }
    expect(dictionary.selectMany([code], [wanted])).toEqual([select(scores, wanted)])
  }
})

test('at four bits a code of few codewords is exact, one of many is rounded as any vector is', () => {
  const dictionary = rademacherDictionary(80, 30, [3, 3])
  // A plane holds integers of up to 7 bits.
  const repeated = Array.from({ length: 2000 }, (_, m) => (m * m) % 80)
  const [few, many] = [[1, 5, 9], repeated].map((subset) => dictionary.superpose(subset))
  expect(dictionary.correlateMany([few], 4)).toEqual([dictionary.correlate(few)])
  expect(dictionary.correlateMany([many], 5)).toEqual([dictionary.correlate(many)])
  const [rough] = dictionary.correlateMany([many], 4)
  const exact = dictionary.correlate(many)
  expect(rough).not.toEqual(exact)
  const largest = many.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  for (const [i, score] of rough.entries())
    expect(Math.abs(score - exact[i])).toBeLessThan(2 ** -4 * Math.sqrt(30) * largest)
})

test('a small vector is correlated as a large one, and rounding is read as nothing', () => {
  const dictionary = rademacherDictionary(9, 20, [2, 2])
  const v = dictionary.codeword(4)
  v[19] = 0
  const scaled = (factor: number) => dictionary.correlate(v.map((entry) => factor * entry))
  scaled(1e-9).forEach((score, i) => {
    expect(score * 1e9).toBeCloseTo(dictionary.correlate(v)[i], 9)
  })
  expect(Math.max(...scaled(1e-13).map(Math.abs))).toBe(0)
  v[3] = Infinity
  expect(() => dictionary.correlate(v)).toThrow('entry 3 of a vector to correlate is Infinity')
})

test('what is no dictionary, or no vector of it, is refused', () => {
  expect(() => rademacherDictionary(2 ** 30, 1024, [0, 0])).toThrow(
    new RangeError('N = 1073741824, d = 1024 needs 136 GiB for its dictionary; at most 3.75 GiB fit'),
  )
  for (const [N, d] of [
    [0, 1],
    [1, 0],
    [1.5, 2],
    [2, Number.NaN],
  ]) {
    expect(() => rademacherDictionary(N, d, [0, 0])).toThrow(/^(N|d) must be an integer ≥ 1, not /)
  }
  expect(() => dictionaryOfSigns([])).toThrow(RangeError)
  expect(() => dictionaryOfSigns([[1, -1], [1]])).toThrow('codeword 1 has 1 entries, not 2')
  expect(() => dictionaryOfSigns([[1, 0]])).toThrow('entry 1 of codeword 0 is 0, not ±1')
  expect(() => givenDictionary([])).toThrow(RangeError)
  expect(() => givenDictionary([[1, 2], [3]])).toThrow('codeword 1 has 1 entries, not 2')
  for (const [entries, d] of [
    [2, 0],
    [3, 1.5],
    [0, 1],
    [3, 2],
  ])
    expect(() => new DenseDictionary(new Float64Array(entries), d)).toThrow(
      `${entries} entries are not N ≥ 1 codewords of d = ${d}`,
    )
  expect(() => givenDictionary([[Number.NaN]])).toThrow('entry 0 of codeword 0 is NaN')
  expect(() => rademacherDictionary(2, 5, [0, 0]).prefix(0)).toThrow('must be an integer from 1 to 5, not 0')
  expect(() => rademacherDictionary(40, 5, [0, 0]).part(16, 25, 5)).toThrow(
    'the size of a part must be an integer from 1 to 24, not 25',
  )
  expect(() => rademacherDictionary(40, 5, [0, 0]).part(8, 16, 5)).toThrow(
    'a part begins at a multiple of 16, not at 8',
  )
  expect(() => givenDictionary([[1, Infinity]])).toThrow(
    'entry 1 of codeword 0 is Infinity, not a finite number',
  )
  for (const dictionary of [rademacherDictionary(3, 4, [0, 0]), gaussianDictionary(3, 4, [0, 0])]) {
    expect(() => dictionary.correlate(new Float64Array(5))).toThrow('a vector of length 4 is needed, not 5')
    expect(() => dictionary.codeword(3)).toThrow('codeword 3 is not in [0, 3)')
    expect(() => dictionary.codeword(-1)).toThrow('codeword -1 is not in [0, 3)')
  }
  const nan = Float64Array.of(0, Number.NaN, 0, 0)
  expect(() => rademacherDictionary(3, 4, [0, 0]).correlate(nan)).toThrow(
    'entry 1 of a vector to correlate is NaN',
  )
})

test('dense codewords are the ones given, and correlate as inner products at every d', () => {
  for (let d = 1; d <= 9; d++) {
    const rows = [0, 1, 2].map((i) => Array.from({ length: d }, (_, j) => (i + 2) ** j - 5 * j))
    const dictionary = givenDictionary(rows)
    expect(rows.map((_, i) => [...dictionary.codeword(i)])).toEqual(rows)
    const v = Float64Array.from({ length: d }, (_, j) => 1 + j * j)
    expect([...dictionary.correlate(v)]).toEqual(
      rows.map((row) => row.reduce((sum, entry, j) => sum + entry * v[j], 0)),
    )
  }
})
