import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Key } from '../random/key.js'
import { philox } from '../random/philox.js'
import { stream } from '../random/stream.js'
import { BLOCK, columnsFor, largestExact, rowWords } from './layout.js'
import { PlainSigns } from './plain.js'
import { planesFor } from './tables.js'
import { simdModule, WasmSigns } from './wasm.js'

describe('Philox4x32-10 gives the known answers of Random123', () => {
  const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0] as const
  const ones = 0xffffffff
  const answers = [
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [ones, ones, ones, ones],
      key: [ones, ones],
      words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [pi[0], pi[1], pi[2], pi[3]],
      key: [pi[4], pi[5]],
      words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ] as const
  test.each(answers)('$counter', ({ counter, key, words }) => {
    expect(philox(counter, key)).toEqual(words)
  })
})

/** The same matrix in both kernels. */
function both(N: number, d: number, key: Key) {
  const simd = new WasmSigns(simdModule()!)
  const plain = new PlainSigns()
  for (const signs of [simd, plain]) {
    signs.reshape(N, d)
    signs.generate(key)
  }
  return { simd, plain }
}

/** Whether entry (j, i) is −1, by the layout. */
function minusOf(signs: PlainSigns) {
  const bytes = signs.bytes()
  const stride = columnsFor(signs.dimension) * BLOCK
  return (i: number, j: number) =>
    (bytes[Math.floor(i / BLOCK) * stride + (j >> 3) * BLOCK + (i % BLOCK)] >> (j & 7)) & 1
}

const cases = fc
  .record({
    N: fc.integer({ min: 1, max: 70 }),
    d: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(127, 128, 129, 2040, 2048, 2049)),
    more: fc.constantFrom(0, 0, 1, 9, 40),
    bits: fc.integer({ min: 0, max: 52 }),
    count: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(),
  })
  .map(({ bits, count, seed, ...shape }) => {
    const random = stream('kernels', seed)
    // Integers of any width that a score of d of them can hold: small ones take one plane, wide ones several.
    const largest = Math.floor(Math.min(2 ** bits, largestExact(shape.d)))
    const special = [0, -0, largest, -largest]
    const entry = () =>
      random.uniform() < 0.2 ? special[random.integer(4)] : random.integer(2 * largest + 1) - largest
    const vectors = Array.from({ length: count }, () => Float64Array.from({ length: shape.d }, entry))
    return { ...shape, key: random.key(), vectors }
  })

test('the SIMD and the plain kernel generate, correlate and find maxima alike, exactly', () => {
  const seen = { onePlane: 0, manyPlanes: 0, prefixes: 0 }
  fc.assert(
    fc.property(cases, ({ N, d, more, key, vectors }) => {
      const { simd, plain } = both(N, d + more, key)
      expect(simd.bytes()).toEqual(plain.bytes())
      const scores = simd.correlate(vectors, d).map((row) => row.slice())
      expect(scores).toEqual(plain.correlate(vectors, d))
      expect(simd.argmax(vectors, d)).toEqual(plain.argmax(vectors, d))
      const most = Math.max(...vectors.map((v) => planesFor(v, d)))
      seen[most > 1 ? 'manyPlanes' : 'onePlane']++
      if (more > 0) seen.prefixes++
    }),
    { seed: 1, numRuns: 45 },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(6)
})

test('a score is the sum of signed entries, and the first of the largest is the maximum', () => {
  fc.assert(
    fc.property(cases, ({ N, d, more, key, vectors }) => {
      const { plain } = both(N, d + more, key)
      const minus = minusOf(plain)
      const sums = vectors.map((v) =>
        Array.from({ length: N }, (_, i) =>
          v.reduce((sum, entry, j) => sum + (minus(i, j) ? -entry : entry), 0),
        ),
      )
      expect(plain.correlate(vectors, d).map((row) => [...row])).toEqual(
        sums.map((row) => row.map((s) => s + 0)),
      )
      expect(plain.argmax(vectors, d)).toEqual(
        sums.map((row) => ({ index: row.indexOf(Math.max(...row)), score: Math.max(...row) })),
      )
    }),
    { seed: 2, numRuns: 25 },
  )
})

test('what is selected is what reaches the bars and what is asked for, in order, in both kernels', () => {
  const share = fc.double({ min: -1.2, max: 1.2, noNaN: true })
  let some = 0
  fc.assert(
    fc.property(cases, share, share, fc.array(fc.nat(), { maxLength: 5 }), (given, a, b, asked) => {
      const { N, d, more, key, vectors } = given
      const { simd, plain } = both(N, d + more, key)
      const scores = plain.correlate(vectors, d).map((row) => [...row])
      const wanted = scores.map((row, c) => ({
        low: c % 2 ? -Infinity : Math.min(a, b) * Math.max(...row),
        high: Math.max(a, b) * Math.max(...row),
        also: asked.map((i) => (i + c) % N),
      }))
      const selected = scores.map((row, c) => {
        const { low, high, also } = wanted[c]
        const indices = [...row.keys()].filter((i) => row[i] <= low || row[i] >= high || also.includes(i))
        if (indices.length > 0 && indices.length < N) some++
        return { indices: Int32Array.from(indices), scores: Float64Array.from(indices, (i) => row[i]) }
      })
      for (const signs of [simd, plain]) {
        signs.argmax(vectors, d)
        expect(signs.select(vectors, wanted, d)).toEqual(selected)
        const known = wanted.map((one, c) => (c === 1 ? one : { ...one, among: selected[c].indices }))
        expect(signs.select(vectors, known, d)).toEqual(selected)
      }
    }),
    { seed: 6, numRuns: 40 },
  )
  expect(some).toBeGreaterThan(20)
})

test('what reaches a bar exactly is selected, however one plane rounds it, and nothing else', () => {
  const [d, large, most] = [64, 2 ** 40, 54]
  const { simd, plain } = both(500, d, [5, 5])
  // A plane's step is a 126th of the largest column's sum, 10: the first four entries are 75.6 steps and the other
  // fours 50.4. So all
  // that is rounded is rounded down where the first four are taken with minus and the others with plus.
  const entries = [large, 0, 1].map((unit) =>
    Float64Array.from({ length: d }, (_, j) => (j ? unit : 3 * unit)),
  )
  const wanted = [
    { low: -most * large, high: most * large, also: [] },
    { low: -1, high: 1, also: [77] },
    { low: -Infinity, high: most, also: [] },
  ]
  for (const signs of [simd, plain]) {
    const bytes = signs.bytes()
    for (const [i, flip] of [
      [3, 0],
      [170, 255],
      [402, 0],
    ]) {
      const at = Math.floor(i / BLOCK) * columnsFor(d) * BLOCK + (i % BLOCK)
      for (let c = 0; c < columnsFor(d); c++) bytes[at + c * BLOCK] = (c ? 0 : 15) ^ flip
    }
    expect(signs.select(entries, wanted, d)).toEqual([
      {
        indices: Int32Array.of(3, 170, 402),
        scores: Float64Array.of(most, -most, most).map((s) => s * large),
      },
      { indices: Int32Array.of(77), scores: Float64Array.of(0) },
      { indices: Int32Array.of(3, 402), scores: Float64Array.of(most, most) },
    ])
  }
})

test('weighted sums of codewords are those of the signs in turn, to the last bit, in both kernels', () => {
  const weight = fc.double({ min: -1e3, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(cases, fc.array(weight, { maxLength: 90 }), ({ N, d, more, key, vectors }, weights) => {
      const { simd, plain } = both(N, d + more, key)
      const indices = weights.map((_, m) => (m * 7919) % N)
      const minus = minusOf(plain)
      const sums = Float64Array.from({ length: d }, (_, j) =>
        weights.reduce((sum, w, m) => sum + (minus(indices[m], j) ? -w : w), 0),
      )
      for (const signs of [simd, plain]) {
        signs.argmax(vectors, d)
        expect(signs.combine(indices, weights, d)).toEqual(sums)
      }
    }),
    { seed: 4, numRuns: 60 },
  )
})

test('rows are the signs, one codeword after the other, and no bit past them, in both kernels', () => {
  fc.assert(
    fc.property(cases, ({ N, d, more, key }) => {
      const { simd, plain } = both(N, d + more, key)
      const minus = minusOf(plain)
      const bits = Array.from({ length: N * 32 * rowWords(d) }, (_, at) => {
        const j = at % (32 * rowWords(d))
        return j < d ? minus(Math.floor(at / (32 * rowWords(d))), j) : 0
      })
      for (const signs of [simd, plain]) {
        const rows = signs.rows(d)
        expect(bits.findIndex((bit, at) => bit !== ((rows[at >> 5] >> (at & 31)) & 1))).toBe(-1)
        expect(rows).toHaveLength(N * rowWords(d))
      }
    }),
    { seed: 5, numRuns: 30 },
  )
})

test('sums of all codewords and Gram matrices are those of the signs, in both kernels', () => {
  fc.assert(
    fc.property(cases, ({ N, d, more, key }) => {
      const { simd, plain } = both(N, d + more, key)
      const ones = Float64Array.from({ length: d }, () => 1)
      for (const signs of [simd, plain]) {
        const total = signs.total(d)
        const gram = signs.gram(d)
        const scores = signs.correlate([total], d)[0].slice()
        expect(Array.from(scores)).toEqual(
          Array.from({ length: N }, (_, i) => gram.subarray(i * N, i * N + N).reduce((sum, g) => sum + g, 0)),
        )
        expect(signs.correlate([ones], d)[0].reduce((sum, s) => sum + s, 0)).toBe(
          total.reduce((sum, t) => sum + t, 0),
        )
        for (let i = 0; i < N; i++) expect(gram[i * N + i]).toBe(d)
      }
      expect(simd.total(d)).toEqual(plain.total(d))
      expect(simd.gram(d)).toEqual(plain.gram(d))
    }),
    { seed: 3, numRuns: 25 },
  )
})

test('a part is the codewords of its place, in both kernels', () => {
  const [N, d, from, size] = [90, 70, 32, 21]
  const wanted = { low: -Infinity, high: 12, also: [3] }
  for (const signs of Object.values(both(N, d, [5, 6]))) {
    const part = signs.part(from, size)
    const v = Array.from({ length: 33 }, (_, j) => (j % 7) - 3)
    const scores = signs.correlate([v], 33)[0].slice(from, from + size)
    expect(part.correlate([v], 33)[0]).toEqual(scores)
    expect(part.argmax([v], 33)[0].score).toBe(Math.max(...scores))
    const { indices } = part.select([v], [wanted], 33)[0]
    expect([...indices]).toEqual([...scores.keys()].filter((i) => scores[i] >= 12 || i === 3))
    expect(part.combine([2, 20], [1, -2], 33)).toEqual(signs.combine([34, 52], [1, -2], 33))
    const words = rowWords(d)
    const rows = signs.rows(d).slice(from * words, (from + size) * words)
    expect(part.rows(d)).toEqual(rows)
  }
})

test('generated signs depend on the key and the position alone, not on the shape', () => {
  const { simd: large } = both(100, 90, [7, 8])
  const { simd: small } = both(33, 41, [7, 8])
  const at = (bytes: Uint8Array, columns: number, block: number, column: number) =>
    bytes.slice((block * columns + column) * BLOCK, (block * columns + column + 1) * BLOCK)
  for (let block = 0; block < 3; block++) {
    for (let column = 0; column < columnsFor(41); column++) {
      expect(at(small.bytes(), columnsFor(41), block, column)).toEqual(
        at(large.bytes(), columnsFor(90), block, column),
      )
    }
  }
})

test.each([
  ['SIMD', () => new WasmSigns(simdModule()!)],
  ['plain', () => new PlainSigns()],
])('the %s kernel names the memory that it lacks', (_, create) => {
  expect(() => create().reshape(2 ** 33, 2 ** 20)).toThrow(
    new RangeError('needs 1073741824 MiB of kernel memory, more than there is'),
  )
})
