import { expect, test } from 'vitest'
import { countSubsets } from '../numerics/subsets.js'
import { codeSuccess, idealConverse } from './ideal-converse.js'

/** E min(1, 1/(C·Q(X))), X of d sums of k fair signs: value by value. */
function success(N: number, k: number, d: number): number {
  const each = Array.from({ length: k + 1 }, (_, j) => countSubsets(k, j) / 2 ** k)
  /** How likely Q(X) is what the key says. */
  let law = new Map([['1', { Q: 1, share: 1 }]])
  for (let j = 0; j < d; j++) {
    const next: typeof law = new Map()
    for (const { Q, share } of law.values())
      for (const q of each) {
        const key = (Q * q).toPrecision(12)
        next.set(key, { Q: Q * q, share: share * q + (next.get(key)?.share ?? 0) })
      }
    law = next
  }
  let mean = 0
  for (const { Q, share } of law.values()) mean += share * Math.min(1, 1 / (countSubsets(N, k) * Q))
  return mean
}

test.each([
  [64, 4, 3],
  [40, 3, 6],
  [300, 2, 9],
  [20, 1, 4],
  [12, 5, 3],
])('no decoder exceeds the mean, and it is said to a fiftieth: N = %d, k = %d, d = %d', (N, k, d) => {
  const exact = success(N, k, d)
  expect(codeSuccess(N, k, d)).toBeGreaterThanOrEqual(exact)
  expect(codeSuccess(N, k, d)).toBeLessThan(1.02 * exact)
  const [low, high] = idealConverse(N, k)
  expect([success(N, k, high) >= 0.5, low === 1 || success(N, k, low - 1) < 0.5]).toEqual([true, true])
  expect(high - low).toBeLessThanOrEqual(1)
})

test('by Cantelli’s inequality alone where there is more than the lattice holds', () => {
  expect([idealConverse(1e9, 2 ** 20 + 1), idealConverse(1e30, 200)]).toEqual([
    [1076176, 1076447],
    [3835, 3841],
  ])
})

test('nothing is ruled out where there is nothing to tell apart, or more than is summed', () => {
  expect([idealConverse(9, 0), idealConverse(9, 9)]).toEqual([
    [0, 0],
    [0, 0],
  ])
  expect([
    codeSuccess(64, 0, 2),
    codeSuccess(64, 64, 2),
    codeSuccess(1e9, 2 ** 20 + 1, 5),
    codeSuccess(64, 4, 4001),
  ]).toEqual([1, 1, 1, 1])
})

test('it says nothing beyond d = 4000 and k = 2^20, up to which it is computed', () => {
  expect(codeSuccess(2 ** 40, 2 ** 20, 4000)).toBeLessThan(1e-8)
  expect([codeSuccess(2 ** 40, 2 ** 20, 4001), codeSuccess(2 ** 40, 2 ** 20 + 1, 4000)]).toEqual([1, 1])
})
