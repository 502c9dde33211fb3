import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Float32Kernel } from './kernel.js'
import { type Nearest, nearestShare } from './nearest.js'
import { Float32Store, filler } from './store.js'

/** ⟨v, w⟩ in floats: runs of 64 coordinates, whose sums are summed. */
function product(v: Float32Array, w: Float32Array): number {
  let sum = 0
  for (let j = 0; j < v.length; j += 64) {
    let run = 0
    for (let n = j; n < Math.min(v.length, j + 64); n++) run = Math.fround(run + Math.fround(v[n] * w[n]))
    sum = Math.fround(sum + run)
  }
  return sum
}

/** All pairs, one after the other; the lowest row wins a tie. */
function byAllPairs(
  vectors: readonly Float32Array[],
  scales: Float64Array,
  rows: readonly number[],
): Nearest {
  const N = vectors.length
  const found = {
    cosines: new Float32Array(N).fill(-1),
    cosineRows: new Int32Array(N).fill(-1),
    products: new Float32Array(N).fill(-Infinity),
    productRows: new Int32Array(N).fill(-1),
  }
  const compared = new Set(rows)
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      if (i === j || !(compared.has(i) || compared.has(j))) continue
      const value = product(vectors[i], vectors[j])
      const cosine = Math.fround(
        Math.abs(value) * Math.fround(Math.fround(scales[i]) * Math.fround(scales[j])),
      )
      if (cosine > found.cosines[i]) [found.cosines[i], found.cosineRows[i]] = [cosine, j]
      if (value > found.products[i]) [found.products[i], found.productRows[i]] = [value, j]
    }
  }
  return found
}

const sizes = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 125, max: 140 }))
const lengths = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(63, 64, 65, 127, 128, 129, 192, 200))
const entries = fc.constantFrom<(uniform: number) => number>(
  (uniform) => 2 * uniform - 1,
  // Ties, twins and zero rows.
  (uniform) => Math.floor(3 * uniform) - 1,
  // All nearer to one another than integers tell apart.
  (uniform) => 1 + uniform / 1000,
)
const norms = fc.constantFrom<(i: number) => number>(
  () => 1,
  (i) => 4 ** (i % 7) * (i % 5 === 0 ? -1 : 1),
  (i) => (i % 3 === 0 ? 0 : 1e-8),
  // Beyond what is rounded.
  (i) => (i % 2 === 0 ? 1e15 : 1),
)

test('the nearest rows are those of all pairs, to the last bit and with the lowest row of a tie', () => {
  fc.assert(
    fc.property(
      sizes,
      lengths,
      entries,
      norms,
      fc.boolean(),
      fc.noShrink(fc.integer()),
      (N, d, entry, norm, all, seed) => {
        const draw = uniforms(seed)
        const vectors = Array.from({ length: N }, (_, i) =>
          Float32Array.from({ length: d }, () => norm(i) * entry(draw())),
        )
        const store = new Float32Store(N, d)
        const fill = filler(store, 'coordinate')
        for (const vector of vectors) fill(vector)
        const lengths = store.squares().map(Math.sqrt)
        const scales = lengths.map((length, i) => (length > 0 && i % 11 !== 4 ? 1 / length : 0))
        const some = [...vectors.keys()].filter((i) => all || i % 3 === 1)
        const found = nearestShare(new Float32Kernel(store), {
          norms: lengths,
          scales,
          rows: all ? undefined : Int32Array.from(some),
          taken: new Int32Array(new SharedArrayBuffer(4)),
        })
        expect(found).toEqual(byAllPairs(vectors, scales, some))
      },
    ),
    { numRuns: 60 },
  )
})

/** Uniform in [0, 1). */
function uniforms(seed: number): () => number {
  let x = seed
  return () => {
    x = (Math.imul(x, 1664525) + 1013904223) | 0
    return (x >>> 0) * 2 ** -32
  }
}
