import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everySubset } from '../numerics/subsets.js'
import { failure, subset } from '../testing/regimes.js'
import { idealDimension, idealFailure, idealSuccess } from './ideal-decoding.js'

/**
 * Over all dictionaries of signs: the mean share of subsets with a code of their own or first of it, and the mean
 * number of others that share one.
 */
function exhaust(N: number, k: number, d: number) {
  const subsets = [...everySubset(N, k)]
  let [success, collisions] = [0, 0]
  for (let F = 0; F < 2 ** (N * d); F++) {
    const codes = new Map<string, number>()
    for (const subset of subsets) {
      const code = Array.from({ length: d }, (_, j) =>
        subset.reduce((sum, i) => sum + ((F >> (i * d + j)) & 1), 0),
      ).join()
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    success += codes.size / subsets.length
    for (const n of codes.values()) collisions += (n * (n - 1)) / subsets.length
  }
  return { success: success / 2 ** (N * d), collisions: collisions / 2 ** (N * d) }
}

test('both hold for the mean over all dictionaries, and the union is the mean number of collisions', () => {
  for (const [N, k, d] of [
    [4, 1, 2],
    [4, 2, 1],
    [4, 2, 3],
    [5, 2, 2],
    [5, 3, 2],
    [6, 3, 2],
  ]) {
    const { success, collisions } = exhaust(N, k, d)
    expect(Math.exp(idealFailure(N, k, d))).toBeCloseTo(collisions, 12)
    expect(1 - success).toBeLessThanOrEqual(collisions)
    expect(Math.exp(idealSuccess(N, k, d))).toBeGreaterThanOrEqual(success)
  }
})

test('at the paper’s own size the two meet within a fifth of the dimension', () => {
  expect(Math.exp(idealSuccess(2 ** 20, 28, 120))).toBeLessThan(0.01)
  expect(Math.exp(idealSuccess(2 ** 20, 28, 125))).toBeGreaterThan(0.01)
  expect(Math.exp(idealFailure(2 ** 20, 28, 145))).toBeLessThan(0.01)
  expect(Math.exp(idealFailure(2 ** 20, 28, 142))).toBeGreaterThan(0.01)
})

test('its dimension is the first at which the union bound is at most p', () => {
  fc.assert(
    fc.property(subset(1e100, 500), failure(1e-100), ({ N, k }, p) => {
      fc.pre(k < N)
      const d = idealDimension(N, k, p)
      expect(idealFailure(N, k, d)).toBeLessThanOrEqual(Math.log(p) + 1e-9)
      if (d > 1) expect(idealFailure(N, k, d - 1)).toBeGreaterThan(Math.log(p))
    }),
    { seed: 1, numRuns: 50 },
  )
  expect(idealDimension(2, 1, 0.5)).toBe(1)
  expect(idealDimension(9, 2, Math.exp(idealFailure(9, 2, 8)))).toBe(8)
  expect([idealDimension(9, 0, 0.1), idealDimension(9, 9, 0.1)]).toEqual([0, 0])
  expect(idealDimension(1e5, 99_999, 0.1)).toBe(20)
  expect([idealDimension(8192, 4096, 0.1) > 0, idealDimension(8194, 4097, 0.1)]).toEqual([true, Number.NaN])
})

test('nothing to tell apart', () => {
  for (const k of [0, 9]) {
    expect(idealFailure(9, k, 2)).toBe(-Infinity)
    expect(idealSuccess(9, k, 2)).toBe(0)
  }
  expect(() => idealSuccess(9, 2, 0)).toThrow('d must be an integer ≥ 1, not 0')
  expect(() => idealFailure(9, 10, 1)).toThrow(RangeError)
})
