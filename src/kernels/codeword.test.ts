import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { inner } from '../numerics/inner.js'
import { Codeword } from './codeword.js'

const pairs = fc.integer({ min: 0, max: 130 }).chain((d) => {
  const signs = fc
    .tuple(evenly(0, 2), fc.array(fc.boolean(), { minLength: d, maxLength: d }))
    .map(([magnitude, minus]) => Float64Array.from(minus, (below) => (below ? -magnitude : magnitude)))
  const any = fc
    .array(evenly(-1, 1), { minLength: d, maxLength: d })
    .map((entries) => Float64Array.from(entries))
  return fc.tuple(fc.oneof(signs, any), fc.oneof(signs, any))
})

test('inner products are those of the entries, packed or not, and the norm is that with itself', () => {
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      const [f, g] = [new Codeword(a), new Codeword(b)]
      expect(f.inner(g)).toBeCloseTo(inner(a, b), 11)
      expect(g.inner(f)).toBe(f.inner(g))
      expect(f.norm).toBeCloseTo(inner(a, a), 11)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('products of whole signs are whole', () => {
  const signs = (every: number) => Float64Array.from({ length: 97 }, (_, j) => (j % every === 0 ? -1 : 1))
  expect(new Codeword(signs(2)).inner(new Codeword(signs(3)))).toBe(inner(signs(2), signs(3)))
  expect(new Codeword(signs(5)).norm).toBe(97)
})
