import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addSegment, gaps, type Segment, valuesIn } from './trial-ranges.js'

const truth = (trial: number) => (trial * trial) % 7
const ranges = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 0, max: 8 })), { maxLength: 12 })
const segmentOf = (from: number, length: number): Segment => ({
  from,
  values: Array.from({ length }, (_, i) => truth(from + i)),
})

test('segments hold the union of what was added, in the fewest pieces, whatever the order', () => {
  fc.assert(
    fc.property(ranges, fc.nat(40), fc.nat(40), (added, a, b) => {
      const segments: Segment[] = []
      const held = new Set<number>()
      for (const [from, length] of added) {
        expect(addSegment(segments, segmentOf(from, length))).toBeUndefined()
        for (let t = from; t < from + length; t++) held.add(t)
      }
      const starts = [...held].filter((t) => !held.has(t - 1)).sort((x, y) => x - y)
      expect(segments.map(({ from }) => from)).toEqual(starts)
      expect(segments.flatMap(({ from, values }) => values.map((value, i) => [from + i, value]))).toEqual(
        [...held].sort((x, y) => x - y).map((t) => [t, truth(t)]),
      )
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const missing = gaps(segments, from, to).flatMap((gap) =>
        segmentOf(gap.from, gap.to - gap.from).values.map((_, i) => gap.from + i),
      )
      expect(missing).toEqual(
        segmentOf(from, to - from)
          .values.map((_, i) => from + i)
          .filter((t) => !held.has(t)),
      )
      if (missing.length === 0)
        expect(valuesIn(segments, from, to)).toEqual(segmentOf(from, to - from).values)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('a different value for a trial that is there is found, and nothing changes', () => {
  const segments = [segmentOf(0, 4), segmentOf(10, 4)]
  const wrong = { from: 2, values: [4, 2, 0, 0, 0, 0, 0, 0, 9] }
  expect(addSegment(segments, wrong)).toBe(10)
  expect(segments).toEqual([segmentOf(0, 4), segmentOf(10, 4)])
})
