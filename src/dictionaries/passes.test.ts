import { afterAll, expect, test } from 'vitest'
import { Float32Dictionary } from '../codes/float32-dictionary.js'
import { FLOAT32_ERROR } from '../kernels/float32/kernel.js'
import { plainNearest, plainProducts } from '../kernels/float32/plain-pairs.js'
import { Float32Store, filler } from '../kernels/float32/store.js'
import { stream } from '../random/stream.js'
import { Passes } from './passes.js'

const [N, d] = [301, 71]
const draws = stream('passes')
const store = new Float32Store(N, d)
filler(store, 'coordinate')(Float32Array.from({ length: N * d }, () => draws.uniform() - 0.3))
const dictionary = new Float32Dictionary(store)
const scales = dictionary.norms().map((norm) => 1 / norm)
const passes = [1, 2].map((threads) => new Passes(dictionary, { threads }))
afterAll(() => Promise.all(passes.map((one) => one.close())))

/** Products of codeword i with the others, in doubles; with itself it has none. */
const productsOf = (i: number) =>
  dictionary.correlate(dictionary.codeword(i)).map((score, j) => (j === i ? -Infinity : score))
const largest = (values: Float64Array) => Math.max(...values)

test.each([0, 1])('the nearest codewords of all, by one thread or two (%d)', async (which) => {
  const near = await passes[which].nearest(scales)
  for (let i = 0; i < N; i++) {
    const products = productsOf(i)
    const cosines = products.map((score, j) => (j === i ? 0 : Math.abs(score) * scales[i] * scales[j]))
    expect(Math.abs(near.cosines[i] - largest(cosines))).toBeLessThan(2 * FLOAT32_ERROR)
    expect(Math.abs(near.cosines[i] - cosines[near.cosineRows[i]])).toBeLessThan(2 * FLOAT32_ERROR)
    const error = (2 * FLOAT32_ERROR) / scales[i] / Math.min(...scales)
    expect(Math.abs(near.products[i] - largest(products))).toBeLessThan(error)
    expect(Math.abs(near.products[i] - products[near.productRows[i]])).toBeLessThan(error)
  }
})

test('the nearest codewords of some: all of theirs, and for others at most the nearest', async () => {
  const all = await passes[0].nearest(scales)
  const rows = Int32Array.of(300, 4, 5, 6, 150)
  const some = await passes[1].nearest(scales, rows)
  for (const i of rows) expect(some.cosines[i]).toBe(all.cosines[i])
  expect(some.cosines.every((cosine, i) => cosine <= all.cosines[i])).toBe(true)
  expect(some.cosines.some((cosine, i) => cosine < all.cosines[i])).toBe(true)
})

test('sums of products of coordinates, the same to the last bit by one thread or two', async () => {
  const shift = Float64Array.from({ length: d }, () => draws.uniform())
  const weights = Float64Array.from({ length: N }, () => draws.uniform())
  const [one, two] = await Promise.all(passes.map((pass) => pass.products(scales, weights, shift)))
  expect(two).toEqual(one)
  const rows = Array.from({ length: N }, (_, i) =>
    dictionary.codeword(i).map((x, j) => weights[i] * (scales[i] * x - shift[j])),
  )
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const sum = rows.reduce((total, row) => total + row[a] * row[b], 0)
      expect(Math.abs(one[a * d + b] - sum)).toBeLessThan(N * 2 ** -48)
    }
  }
})

test('without SIMD the same: products of coordinates, and nearest codewords within rounding', async () => {
  const shift = Float64Array.from({ length: d }, () => draws.uniform())
  const weights = Float64Array.from({ length: N }, () => draws.uniform())
  const task = { scales, weights, shift, share: 1, shares: 2 }
  const plain = plainProducts(store, task)
  const all = await passes[0].products(scales, weights, shift)
  for (let a = 2; a < d; a += a % 2 === 0 ? 1 : 3) {
    for (let b = 0; b <= a; b++)
      expect(Math.abs(plain[a * d + b] - all[a * d + b])).toBeLessThan(N * 2 ** -45)
  }
  for (const rows of [undefined, Int32Array.of(300, 4, 150)]) {
    const found = plainNearest(store, {
      norms: dictionary.norms(),
      scales,
      rows,
      taken: new Int32Array(new SharedArrayBuffer(4)),
    })
    const near = await passes[0].nearest(scales, rows)
    for (const i of rows ?? scales.keys()) {
      expect(Math.abs(found.cosines[i] - near.cosines[i])).toBeLessThan(2 * FLOAT32_ERROR)
      const product = dictionary
        .codeword(i)
        .reduce((sum, x, j) => sum + x * dictionary.codeword(found.productRows[i])[j], 0)
      expect(found.products[i]).toBe(Math.fround(product))
    }
  }
})

test.each([1, 3])('passes end with their signal, by %d threads', async (threads) => {
  const stopping = new AbortController()
  const stoppable = new Passes(dictionary, { threads, signal: stopping.signal })
  const begun = stoppable.nearest(scales)
  stopping.abort()
  await expect(begun).rejects.toBe(stopping.signal.reason)
  await expect(stoppable.nearest(scales)).rejects.toBe(stopping.signal.reason)
  await stoppable.close()
})
