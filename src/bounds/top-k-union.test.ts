import { expect, test } from 'vitest'
import { topKUnion, topKUnionDimension } from './top-k-union.js'

/** P(one member of k scores no more than one non-member), over all 2^((k + 1)d) sign choices. */
function pairByExhaustion(k: number, d: number): number {
  const total = 2 ** ((k + 1) * d)
  let bad = 0
  for (let F = 0; F < total; F++) {
    const sign = (i: number, j: number) => ((F >> (i * d + j)) & 1 ? -1 : 1)
    let lead = 0
    for (let j = 0; j < d; j++) {
      let X = 0
      for (let i = 0; i < k; i++) X += sign(i, j)
      lead += (sign(0, j) - sign(k, j)) * X
    }
    if (lead <= 0) bad++
  }
  return bad / total
}

test('a pair errs as exhaustion over all signs says', () => {
  for (const [k, d] of [
    [1, 1],
    [1, 4],
    [2, 3],
    [2, 5],
    [3, 4],
    [4, 3],
  ]) {
    expect(Math.exp(topKUnion(k + 1, k, d) - Math.log(k))).toBeCloseTo(pairByExhaustion(k, d), 12)
  }
  expect(topKUnion(9, 0, 3)).toBe(-Infinity)
  expect(topKUnion(9, 9, 3)).toBe(-Infinity)
})

test('two members: E 2^−B = (3/4)^d, however small', () => {
  for (const d of [1, 2, 3, 7, 100, 20_000])
    expect(topKUnion(50, 2, d)).toBeCloseTo(Math.log(2 * 48) + d * Math.log(3 / 4), 8)
})

test('4k(ln(kN) + ln 1/p) suffices by the exact bound, and a third of it does not', () => {
  for (const N of [2, 100, 2 ** 20, 2 ** 100]) {
    for (const k of [1, 2, 3, 8, 28].filter((k) => k < N)) {
      for (const p of [0.9, 0.01, 1e-12]) {
        const d = topKUnionDimension(N, k, p)
        expect(topKUnion(N, k, Math.ceil(d))).toBeLessThanOrEqual(Math.log(p))
        if (k > 2 && N > 2) expect(topKUnion(N, k, Math.floor(d / 3))).toBeGreaterThan(Math.log(p))
      }
    }
  }
  expect(topKUnionDimension(100, 0, 0.1)).toBe(0)
  for (const d of [1.5, 0, -2]) expect(() => topKUnion(9, 3, d)).toThrow(`d must be an integer ≥ 1, not ${d}`)
})
