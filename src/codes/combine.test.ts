import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batched } from './batched-dictionary.js'
import { gaussianDictionary } from './dense.js'
import type { Dictionary } from './problem.js'
import { rademacherDictionary } from './rademacher.js'

const shapes = fc.record({
  N: fc.integer({ min: 1, max: 50 }),
  d: fc.integer({ min: 1, max: 40 }),
  more: fc.integer({ min: 0, max: 20 }),
  seed: fc.integer(),
})

test('combine sums weighted codewords: packed signs and their prefixes, dense, and dictionaries of users', () => {
  fc.assert(
    fc.property(shapes, fc.array(fc.double({ min: -1e3, max: 1e3 })), ({ N, d, more, seed }, weights) => {
      const key = [seed >>> 0, 7] as const
      const packed = rademacherDictionary(N, d + more, key)
      const indices = weights.map((_, m) => (m * 7919) % N)
      const dictionaries: Dictionary[] = [packed, packed.prefix(d), gaussianDictionary(N, d, key)]
      dictionaries.push({
        size: N,
        dimension: d + more,
        codeword: (i) => packed.codeword(i),
        correlate: (v) => packed.correlate(v),
        superpose: (subset) => packed.superpose(subset),
      })
      for (const dictionary of dictionaries) {
        const sum = batched(dictionary).combine(indices, weights)
        const plain = new Float64Array(dictionary.dimension)
        indices.forEach((i, m) => {
          dictionary.codeword(i).forEach((entry, j) => {
            plain[j] += weights[m] * entry
          })
        })
        const scale = weights.reduce((total, w) => total + Math.abs(w), 0)
        sum.forEach((entry, j) => {
          expect(Math.abs(entry - plain[j])).toBeLessThanOrEqual(1e-13 * scale)
        })
        const ones = indices.map(() => 1)
        const total = batched(dictionary).combine(indices, ones)
        dictionary.superpose(indices).forEach((entry, j) => {
          expect(Math.abs(entry - total[j])).toBeLessThanOrEqual(1e-13 * indices.length)
        })
      }
    }),
    { seed: 1, numRuns: 60 },
  )
})
