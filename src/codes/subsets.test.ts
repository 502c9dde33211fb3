import { describe, expect, test } from 'vitest'
import { checkEnumerable, countSubsets, everySubset } from '../numerics/subsets.js'
import { type Stream, stream } from '../random/stream.js'
import { binomialInterval } from '../statistics/binomial-interval.js'
import { randomSubset, sameSubset } from './subset.js'

describe('subsets are uniform', () => {
  /** Every way that `integer` can fall in k draws, as streams. */
  function* everyStream(N: number, k: number): Generator<Stream> {
    const sizes = Array.from({ length: k }, (_, m) => N - k + m + 1)
    const total = sizes.reduce((product, n) => product * n, 1)
    for (let code = 0; code < total; code++) {
      let [rest, turn] = [code, 0]
      const integer = (n: number) => {
        if (n !== sizes[turn++]) throw new Error(`draw ${turn} is from ${n}`)
        const draw = rest % n
        rest = Math.floor(rest / n)
        return draw
      }
      yield { integer, uniform: () => Number.NaN, key: () => [0, 0], state: () => ({ i: 0, j: 0, S: [] }) }
    }
  }

  test('exactly: over all draws every subset comes equally often', () => {
    for (let N = 0; N <= 6; N++) {
      for (let k = 0; k <= N; k++) {
        const counts = new Map<string, number>()
        let draws = 0
        for (const random of everyStream(N, k)) {
          const subset = randomSubset(N, k, random).join()
          counts.set(subset, (counts.get(subset) ?? 0) + 1)
          draws++
        }
        expect([...counts.keys()].sort()).toEqual(Array.from(everySubset(N, k), (s) => s.join()).sort())
        expect(new Set(counts.values())).toEqual(new Set([draws / countSubsets(N, k)]))
      }
    }
  })

  test('as drawn: each of the 20 counts is binomial; false alarm at most 1e-9 for a fresh seed', () => {
    const [draws, cells] = [10_000, 20]
    const counts = new Map<string, number>()
    for (let t = 0; t < draws / 100; t++) {
      const random = stream('uniform', t)
      for (let i = 0; i < 100; i++) {
        const subset = randomSubset(6, 3, random).join()
        counts.set(subset, (counts.get(subset) ?? 0) + 1)
      }
    }
    expect(counts.size).toBe(cells)
    for (const count of counts.values()) {
      const [low, high] = binomialInterval(count, draws, 1 - 1e-9 / cells).interval
      expect(low).toBeLessThan(1 / cells)
      expect(high).toBeGreaterThan(1 / cells)
    }
  })

  test('other sizes are refused', () => {
    const random = stream('none')
    for (const [N, k] of [
      [3, 4],
      [3, -1],
      [3, 1.5],
      [2 ** 54, 1],
      [Number.NaN, 0],
    ]) {
      expect(() => randomSubset(N, k, random)).toThrow(RangeError)
    }
  })
})

test('subsets are the same in any order, and never where one has more', () => {
  expect(sameSubset([3, 1, 2], Uint8Array.of(1, 2, 3))).toBe(true)
  expect(sameSubset([], [])).toBe(true)
  expect(sameSubset([1, 2], [1, 3])).toBe(false)
  expect(sameSubset([1, 2, 3], [1, 2])).toBe(false)
  expect(sameSubset([1, 2], [1, 2, 3])).toBe(false)
})

test('subsets are counted as Pascal’s triangle has them, and gone through in order where they are few', () => {
  for (let n = 0; n <= 12; n++)
    for (let k = 0; k <= 13; k++) {
      const above =
        n === 0 ? Number(k === 0) : countSubsets(n - 1, k) + (k > 0 ? countSubsets(n - 1, k - 1) : 0)
      expect(countSubsets(n, k)).toBe(above)
      if (n > 7) continue
      const all = Array.from(everySubset(n, k), (subset) =>
        subset.map((i) => String.fromCharCode(97 + i)).join(''),
      )
      expect(all).toHaveLength(countSubsets(n, k))
      expect(all).toEqual([...new Set(all)].sort())
    }
  expect([...everySubset(3, 2)]).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ])
  expect(countSubsets(52, 26)).toBe(495918532948104)
  expect(countSubsets(2000, 1998)).toBe(1999000)
  expect(countSubsets(1e6, 1e6 - 1)).toBe(1e6)
  expect(() => checkEnumerable(6, 3, 20, 'it')).not.toThrow()
  expect(() => checkEnumerable(6, 3, 19, 'it')).toThrow(
    new RangeError('it goes through all C(6, 3) = 20 subsets; the limit is 19'),
  )
  expect(() => checkEnumerable(1e5, 5e4, Number.MAX_VALUE, 'it')).toThrow(RangeError)
})
