import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { rademacherDictionary } from '../../codes/rademacher.js'
import { select } from '../../kernels/select.js'
import type { Selected, Wanted } from '../../kernels/sign-matrix.js'
import { inner } from '../../numerics/inner.js'
import { stream } from '../../random/stream.js'
import { ScoreMemory } from './score-memory.js'

const BITS = 24

test('a pass gives all that is wanted, however the residual moves; little movement leaves most out', () => {
  let [left, passes] = [0, 0]
  const cases = fc.record({
    seed: fc.nat(),
    d: fc.integer({ min: 20, max: 90 }),
    sided: fc.boolean(),
    deviations: evenly(2, 4.5),
    moves: fc.array(fc.record({ scale: evenly(-0.2, 1.2), away: evenly(0, 0.15), lower: fc.boolean() }), {
      minLength: 2,
      maxLength: 12,
    }),
  })
  fc.assert(
    fc.property(cases, ({ seed, d, sided, deviations, moves }) => {
      const N = 700
      const dictionary = rademacherDictionary(N, d, [seed, 1])
      const { uniform } = stream('moves', seed)
      const memory = new ScoreMemory(N)
      let residual = Float64Array.from({ length: d }, () => uniform() - 0.5)
      let high = deviations * Math.sqrt(inner(residual, residual) / d)
      for (const { scale, away, lower } of moves) {
        const also = [Math.floor(N * uniform())]
        const wanted: Wanted = { low: sided ? -Infinity : -high, high, also }
        const asked = memory.wanted(residual, wanted)
        const [selected] = dictionary.selectMany([residual], [asked], BITS)
        memory.learn(selected, wanted)
        const [scores] = dictionary.correlateMany([residual], BITS)
        expect(only(wanted, selected)).toEqual(select(scores, wanted))
        passes++
        if (asked.among && asked.among.length < N / 16) left++
        const size = Math.sqrt(inner(residual, residual) / d)
        const part = lower ? scale : 1
        residual = residual.map((entry) => part * entry + away * size * (uniform() - 0.5))
        if (lower && scale > 0.1) high *= scale
      }
    }),
    { numRuns: 100 },
  )
  expect(left).toBeGreaterThan(passes / 20)
})

/** Of what was selected that which is wanted. */
function only({ low, high, also }: Wanted, { indices, scores }: Selected): Selected {
  const kept = [...indices.keys()].filter(
    (m) => scores[m] <= low || scores[m] >= high || Array.from(also).includes(indices[m]),
  )
  return {
    indices: Int32Array.from(kept, (m) => indices[m]),
    scores: Float64Array.from(kept, (m) => scores[m]),
  }
}
