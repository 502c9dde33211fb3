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

/** A residual of 64 equal entries: σ is the entry, and a multiple of it scores that multiple of what it did. */
const flat = (entry: number) => new Float64Array(64).fill(entry)
const selected = (indices: number[], scores: number[]): Selected => ({
  indices: Int32Array.from(indices),
  scores: Float64Array.from(scores),
})

test.each([
  [4, 3],
  [3, 2.5],
  [2, 1.9],
])(
  'a pass of all remembers from three quarters of %d deviations on, 2.5 of them, or 0.95: %d',
  (high, bar) => {
    const residual = flat(1)
    for (const low of [-Infinity, -high]) {
      const asked = new ScoreMemory(1000).wanted(residual, { low, high, also: [5] })
      expect(asked).toEqual({ low: low === -Infinity ? low : -bar, high: bar, also: [5] })
    }
  },
)

test('what may score enough is what did against an earlier residual, but for the way between them', () => {
  const wanted = (high: number): Wanted => ({ low: -high, high, also: [3] })
  const indices = [10, 20, 30, 40, 50]
  const scores = [5, -4.2, 3.9, -3.3, 3.05]
  const remembering = (longest?: number) => {
    const memory = new ScoreMemory(1000, longest)
    memory.wanted(flat(1), wanted(4))
    memory.learn(selected(indices, scores), wanted(4))
    return memory
  }
  const among = (memory: ScoreMemory, residual: Float64Array, high: number) => {
    const asked = memory.wanted(residual, wanted(high))
    if (asked.among) expect(asked).toEqual({ ...wanted(high), among: asked.among })
    return asked.among && Array.from(asked.among)
  }
  expect(among(remembering(), flat(1), 4)).toEqual([10, 20])
  // Half the residual scores half as much; twice the bar is as far, and three quarters of it too low to know.
  expect(among(remembering(), flat(0.5), 2)).toEqual([10, 20])
  expect(among(remembering(), flat(1), 3.2)).toEqual([10, 20, 30, 40])
  expect(among(remembering(), flat(1), 2.9)).toBeUndefined()
  expect(among(remembering(), flat(-1), 4)).toBeUndefined()
  // A way of 0.8 across: scores that were from 3.2 on may be 4 now, and twice as far for codewords twice as long.
  const across = flat(1).map((entry, j) => entry + (j % 2 ? 0.1 : -0.1))
  expect(among(remembering(), across, 4)).toEqual([10, 20, 30, 40])
  expect(among(remembering(2), across, 4)).toBeUndefined()
  // One side alone: scores below zero are not remembered as large.
  const one = new ScoreMemory(1000)
  const upper = { low: -Infinity, high: 4, also: [] }
  one.wanted(flat(1), upper)
  one.learn(selected(indices, scores), upper)
  expect(Array.from(one.wanted(flat(1), upper).among!)).toEqual([10])
})

test('it forgets once passes by it have taken as much more than the first as a pass of all', () => {
  const N = 100
  const wanted = (high: number): Wanted => ({ low: -high, high, also: [] })
  const memory = new ScoreMemory(N)
  const learn = (asked: Wanted, high: number) => {
    memory.learn(selected([1, 2, 3, 4], [4, 3.8, 3.6, 3.1]), wanted(high))
    return asked.among?.length
  }
  expect(learn(memory.wanted(flat(1), wanted(4)), 4)).toBeUndefined()
  // One codeword of a hundred, sixteen together: 0.16 of a pass, then 0.48 and 0.64, 0.32 and 0.48 more each time.
  const highs = [4, 3.6, 3.05, 3.6, 3.05, 4]
  expect(highs.map((high) => learn(memory.wanted(flat(1), wanted(high)), high))).toEqual([
    1,
    3,
    4,
    undefined,
    4,
    1,
  ])
})
