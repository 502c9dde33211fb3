import { expect, test } from 'vitest'
import { presentCrew, WORTH_SHARING, withCrew } from '../kernels/float32/crew.js'
import { FLOAT32_ERROR, Float32Kernel } from '../kernels/float32/kernel.js'
import { Float32Store, filler } from '../kernels/float32/store.js'
import { inner } from '../numerics/inner.js'
import { stream } from '../random/stream.js'
import { argmax } from './batched-dictionary.js'
import { DenseDictionary } from './dense.js'
import { Float32Dictionary, float32Dictionary } from './float32-dictionary.js'

const draws = stream('float32')
const uniform = () => draws.uniform()
const drawn = (length: number) => Float64Array.from({ length }, () => Math.fround(2 * uniform() - 1))

function storeOf(entries: Float64Array, d: number): Float32Store {
  const store = new Float32Store(entries.length / d, d)
  filler(store, 'coordinate')(Float32Array.from(entries))
  return store
}

// Sizes about the edges of blocks (8 rows, taken one, two or four at a time) and of runs (128 coordinates).
const sizes = [
  [1, 1],
  [7, 3],
  [8, 127],
  [9, 128],
  [33, 129],
  [40, 300],
  [67, 16],
] as const

test.each(sizes)(
  'N = %d, d = %d: products are those of doubles, summed in order, to the last bit',
  (N, d) => {
    const entries = drawn(N * d)
    const store = storeOf(entries, d)
    const vectors = [1, 2, 3, 4, 5].map(() => drawn(d))
    for (const count of [1, 2, 3, 5]) {
      const some = vectors.slice(0, count)
      expect(new Float32Kernel(store).exact(some)).toEqual(some.map((v) => store.scores(v)))
    }
    const dense = new DenseDictionary(entries, d)
    const [v] = vectors
    const scores = new Float32Dictionary(store).correlate(v)
    dense.correlate(v).forEach((score, i) => {
      expect(Math.abs(score - scores[i])).toBeLessThan(d * 2 ** -50)
    })
  },
)

test.each(sizes)('N = %d, d = %d: products in float32 are as near as they are said to be', (N, d) => {
  const store = storeOf(drawn(N * d), d)
  const kernel = new Float32Kernel(store)
  const norms = store.squares().map(Math.sqrt)
  for (const count of [1, 2, 4, 9, 33]) {
    const vectors = Array.from({ length: count }, () =>
      Float64Array.from({ length: d }, () => uniform() - 0.5),
    )
    const rough = kernel.rough(vectors)
    vectors.forEach((v, c) => {
      const bound = FLOAT32_ERROR * Math.sqrt(inner(v, v))
      store.scores(v).forEach((score, i) => {
        expect(Math.abs(rough[c][i] - score)).toBeLessThanOrEqual(bound * norms[i])
      })
    })
  }
})

test('threads that share a pass give the same bits as one', async () => {
  // Rows that make no whole block, and a last share that is smaller than the others.
  const [N, d] = [WORTH_SHARING / 64 + 3, 64]
  const store = storeOf(drawn(N * d), d)
  const vectors = [1, 2, 3, 4, 5].map(() => drawn(d))
  const passes = () => {
    const kernel = new Float32Kernel(store)
    return [1, 2, 5].flatMap((count) => {
      const some = vectors.slice(0, count)
      return [kernel.exact(some), kernel.rough(some)]
    })
  }
  const alone = passes()
  await withCrew(N * d, 3, async () => {
    expect(presentCrew()?.size).toBe(3)
    expect(passes()).toEqual(alone)
  })
  expect(presentCrew()).toBeUndefined()
})

test('steps at one time share a crew, which the last of them closes', async () => {
  let [end, go] = [() => {}, () => {}]
  const [ended, going] = [new Promise<void>((then) => (end = then)), new Promise<void>((then) => (go = then))]
  const short = withCrew(WORTH_SHARING, 2, async () => presentCrew())
  const long = withCrew(WORTH_SHARING, 10 ** 9, async () => {
    go()
    await ended
    return presentCrew()
  })
  const crew = await short
  await going
  expect(crew?.size).toBe(2)
  expect(presentCrew()).toBe(crew)
  end()
  expect(await long).toBe(crew)
  expect(presentCrew()).toBeUndefined()
})

test('floats are what float32 products are made of: they differ from those of doubles', () => {
  const store = storeOf(drawn(800), 100)
  const v = Float64Array.from({ length: 100 }, () => uniform())
  const kernel = new Float32Kernel(store)
  expect(kernel.rough([v])[0]).not.toEqual(kernel.exact([v])[0])
})

test.each([
  [1.1, 1],
  [1e-12, 1],
  [1e12, 1],
  [1, 2 ** 12],
  [1, 2 ** -12],
])(
  'times %d, rows times %d: what is selected, and the largest, are those of doubles where float32 cannot tell',
  (times, stretch) => {
    const d = 40
    const f = drawn(d)
    // Rows that differ from one another in the last bit of one entry, among others.
    const entries = drawn(100 * d)
    const steps = [3, 50, 51, 99]
    steps.forEach((i, n) => {
      entries.set(f, i * d)
      entries[i * d + 7] = Math.fround(f[7] * (1 + (n * 2 ** -23) / f[7] ** 2 / 8 / 2 ** 3))
    })
    const stretched = entries.map((entry) => entry * stretch)
    const dictionary = new Float32Dictionary(storeOf(stretched, d))
    const v = f.map((entry) => entry * times)
    const scores = dictionary.correlate(v)
    expect(dictionary.argmaxMany([v, v.map((entry) => -entry)])).toEqual([
      argmax(scores),
      argmax(scores.map((score) => -score)),
    ])
    const bar = scores[50]
    const [{ indices, scores: found }] = dictionary.selectMany(
      [v],
      [{ low: -Infinity, high: bar, also: [4] }],
    )
    const wanted = [...scores.keys()].filter((i) => scores[i] >= bar || i === 4)
    expect([...indices]).toEqual(expect.arrayContaining(wanted))
    expect(indices.length).toBeLessThan(wanted.length + 5)
    indices.forEach((i, m) => {
      expect(found[m]).toBe(scores[i])
    })
    const [below] = dictionary.selectMany(
      [v.map((entry) => -entry)],
      [{ low: -bar, high: Infinity, also: [4] }],
    )
    expect(below.indices).toEqual(indices)
  },
)

test('numbers at the ends of the range of float32 are scored as well', () => {
  const dictionary = new Float32Dictionary(storeOf(Float64Array.of(3e38, 3e38, 1e-45, 2e-45, -1, 2), 2))
  const large = Float64Array.of(1e30, 1e30)
  expect(dictionary.argmaxMany([large])[0].index).toBe(0)
  // A float overflows on the way to 6e37, the score of the first; that of the second is 3e38.
  const passing = new Float32Dictionary(storeOf(Float64Array.of(3e38, 1, 0, -1), 2))
  expect(passing.argmaxMany([Float64Array.of(1.2, -3e38)])[0].index).toBe(1)
  const tiny = Float64Array.of(-1e-300, 1e-300)
  const scores = dictionary.correlate(tiny)
  expect(dictionary.argmaxMany([tiny])).toEqual([argmax(scores)])
  expect(scores[2]).toBeCloseTo(3e-300, 310)
})

test('codewords that score alike: the first is the largest, and a bar that they meet has all of them', () => {
  const [d, row] = [130, drawn(130)]
  const dictionary = float32Dictionary(Float64Array.from([...drawn(d), ...row, ...drawn(d), ...row]), d)
  const { index, score } = dictionary.argmaxMany([row])[0]
  expect(index).toBe(1)
  const [{ indices }] = dictionary.selectMany([row], [{ low: -Infinity, high: score, also: [] }])
  expect([...indices]).toEqual(expect.arrayContaining([1, 3]))
})

test('entries are N codewords of d finite numbers, and N and d say how many', () => {
  const dictionary = float32Dictionary(Float64Array.of(3, 4, 0, 2, 1, 0), 2)
  expect([dictionary.size, dictionary.dimension, [...dictionary.codeword(1)]]).toEqual([3, 2, [0, 2]])
  expect([...dictionary.scales(), ...dictionary.unit().scales()]).toEqual([1, 1, 1, 1 / 5, 1 / 2, 1])
  expect([dictionary.unitNorms, dictionary.unit().unitNorms]).toEqual([false, true])
  for (const length of [0, 1, 3]) {
    expect(() => float32Dictionary(new Float64Array(length), 2)).toThrow(
      `${length} entries are not N ≥ 1 codewords of d = 2`,
    )
  }
  for (const entry of [Number.NaN, Infinity, 1e39]) {
    expect(() => float32Dictionary(Float64Array.of(0, 0, 0, entry), 2)).toThrow(
      'coordinate 1 of codeword 1 is not a finite number, or too large for float32',
    )
  }
})

test('up to 16 bits come from floats, more from doubles, whatever codewords are multiplied by', () => {
  const store = storeOf(drawn(30 * 7), 7)
  const v = Float64Array.from({ length: 7 }, () => uniform())
  const [rough, exact] = [new Float32Kernel(store).rough([v])[0], new Float32Kernel(store).exact([v])[0]]
  const scales = Float64Array.from({ length: 30 }, () => uniform())
  const [plain, scaled] = [new Float32Dictionary(store), new Float32Dictionary(store, scales)]
  const times = (scores: Float64Array) => scores.map((score, i) => score * scales[i])
  expect(plain.correlateMany([v], 16)).toEqual([rough])
  expect(plain.correlateMany([v], 17)).toEqual([exact])
  expect(scaled.correlateMany([v], 16)).toEqual([times(rough)])
  expect(scaled.correlateMany([v])).toEqual([times(exact)])
})

test('rows too small for floats to round relatively are found where they are made unit', () => {
  // Multiples of 2^-149: products with v are below what a float can hold.
  const rows = Float64Array.from({ length: 40 * 3 }, () => Math.round(8 * uniform()) * 2 ** -149)
  const unit = new Float32Dictionary(storeOf(rows, 3)).unit()
  for (let t = 0; t < 20; t++) {
    const v = Float64Array.from({ length: 3 }, () => uniform() - 0.5)
    expect(unit.argmaxMany([v])).toEqual([argmax(unit.correlate(v))])
  }
})

test('norms and scales are handed out as copies', () => {
  const dictionary = new Float32Dictionary(storeOf(Float64Array.of(3, 4), 2), Float64Array.of(-2))
  dictionary.norms().fill(0)
  dictionary.scales().fill(0)
  expect([...dictionary.norms(), ...dictionary.scales()]).toEqual([10, -2])
})

test('sums of codewords, unit codewords and some of them', () => {
  const dictionary = new Float32Dictionary(storeOf(drawn(20 * 5), 5))
  const [f, g] = [3, 17].map((i) => dictionary.codeword(i))
  expect(dictionary.superpose([3, 17])).toEqual(f.map((entry, j) => entry + g[j]))
  const unit = dictionary.unit().take([17, 3])
  const norm = dictionary.norms()[17]
  expect(unit.codeword(0)).toEqual(g.map((entry) => (1 / norm) * entry))
  expect(unit.norms().every((one) => Math.abs(one - 1) < 1e-15)).toBe(true)
  expect(() => dictionary.take([20])).toThrow(RangeError)
})
