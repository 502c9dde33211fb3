import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../random/stream.js'
import { gaussianDictionary } from './dense.js'
import { describeDictionary, dictionaryFrom } from './description.js'
import { shuffled } from './ensembles/ensembles.js'
import { rademacherArena, rademacherDictionary } from './rademacher.js'
import { ReindexedDictionary } from './reindexed.js'

const drawers = { rademacher: rademacherDictionary, gaussian: gaussianDictionary }

test('a view in another order has the same codewords, scores and sums, and so has its description', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(['rademacher', 'gaussian'] as const)),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      (family, N, d, seed) => {
        const random = stream('reindexed', seed)
        const of = drawers[family](N, d, random.key())
        const order = shuffled(
          Array.from({ length: N }, (_, i) => i),
          random,
        )
        const view = new ReindexedDictionary(of, order)
        const again = dictionaryFrom(structuredClone(describeDictionary(view)), rademacherArena())
        expect(describeDictionary(view)).toEqual({
          kind: 'reindexed',
          of: describeDictionary(of),
          order: Uint32Array.from(order),
        })
        const subset = order.filter((_, i) => i % 2 === 0)
        const v = Float64Array.from({ length: d }, () => random.uniform() - 0.5)
        for (const one of [view, again]) {
          expect([one.size, one.dimension]).toEqual([N, d])
          order.forEach((i, place) => {
            expect(one.codeword(place)).toEqual(of.codeword(i))
            expect(one.correlate(v)[place]).toBeCloseTo(of.correlate(v)[i], 12)
          })
          const sum = of.superpose(subset.map((place) => order[place]))
          one.superpose(subset).forEach((entry, j) => {
            expect(entry).toBeCloseTo(sum[j], 12)
          })
        }
      },
    ),
    { seed: 3, numRuns: 40 },
  )
})
