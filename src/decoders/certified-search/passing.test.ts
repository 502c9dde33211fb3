import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { type RademacherDictionary, rademacherDictionary } from '../../codes/rademacher.js'
import { simdModule } from '../../kernels/wasm.js'
import { Decimation } from './decimation.js'

/** The same dictionary without steps that are all one call. */
const stepwise = (dictionary: RademacherDictionary): BatchedDictionary => ({
  size: dictionary.size,
  dimension: dictionary.dimension,
  codeword: (i) => dictionary.codeword(i),
  correlate: (v) => dictionary.correlate(v),
  superpose: (subset) => dictionary.superpose(subset),
  correlateMany: (vectors, bits) => dictionary.correlateMany(vectors, bits),
  selectMany: (vectors, wanted, bits) => dictionary.selectMany(vectors, wanted, bits),
  argmaxMany: (vectors) => dictionary.argmaxMany(vectors),
  combine: (indices, weights) => dictionary.combine(indices, weights),
})

const cases = fc
  .record({
    N: fc.integer({ min: 2, max: 100 }),
    d: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(2039, 2040, 2041)),
    less: fc.constantFrom(0, 0, 1, 9),
    key: fc.tuple(fc.nat(), fc.nat()),
    scale: fc.constantFrom(1, 1, 0.37, 1e3),
    rounds: fc.array(fc.record({ steps: fc.integer({ min: 0, max: 4 }), pin: fc.nat() }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .chain((shape) => fc.record({ shape: fc.constant(shape), k: fc.integer({ min: 1, max: shape.N - 1 }) }))

test('steps in one call are those of message passing one by one, to the last bit, whatever is pinned', () => {
  let [fast, kept] = [0, 0]
  fc.assert(
    fc.property(cases, ({ shape: { N, d, less, key, scale, rounds }, k }) => {
      const dictionary = rademacherDictionary(N, d, key).prefix(Math.max(1, d - less))
      const code = dictionary.superpose(Array.from({ length: k }, (_, m) => m)).map((entry) => scale * entry)
      let one = new Decimation(dictionary, code, N, k)
      let each = new Decimation(stepwise(dictionary), code, N, k)
      for (const { steps, pin } of rounds) {
        one.advance(steps)
        each.advance(steps)
        expect(one.passing).toEqual(each.passing)
        kept += one.passing.estimate.indices.length
        const m = pin % N
        if (one.left === 1 || one.pinned.includes(m)) break
        one = one.pin(m)
        each = each.pin(m)
      }
      const { residual, variance, estimate } = one.passing
      const rest = { code, odds: 0, dropped: 0.1, least: 0, excluded: [], steps: 0 }
      const after = dictionary.passMessages({ residual, variance, ...estimate, ...rest })
      expect(after !== undefined).toBe(simdModule() !== null && dictionary.dimension <= 2040)
      if (after) fast++
    }),
    { numRuns: 60 },
  )
  expect(Math.min(fast, kept)).toBeGreaterThan(30)
})
