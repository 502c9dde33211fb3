import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logSignTail } from '../statistics/binomial-tail.js'
import { failure, relative, subset } from '../testing/regimes.js'
import { proposition3Dimension } from './proposition-3.js'
import { signTail } from './sign-tail.js'
import { BENTKUS, thresholdBentkusDimension } from './threshold-bentkus.js'
import { thresholdFiniteDimension } from './threshold-finite.js'
import { thresholdUnion, thresholdUnionDimension } from './threshold-union.js'

/** Share of the 2^n sign patterns that `accept` takes, told by the sum. */
function share(n: number, accept: (sum: number) => boolean): number {
  let [patterns, taken] = [1n, 0n]
  for (let minus = 0; minus <= n; minus++) {
    if (accept(n - 2 * minus)) taken += patterns
    patterns = (patterns * BigInt(n - minus)) / BigInt(minus + 1)
  }
  return Number(taken) / 2 ** n
}

test('the union bound counts sign patterns: members that miss τ and others that reach it', () => {
  const shapes = fc.record({
    k: fc.integer({ min: 0, max: 6 }),
    more: fc.integer({ min: 0, max: 1000 }),
    d: fc.integer({ min: 1, max: 60 }),
    tau: fc.constantFrom(0.5, 0.3, 0.71, 0.97),
  })
  fc.assert(
    fc.property(shapes, ({ k, more, d, tau }) => {
      const N = Math.max(1, k + more)
      const missed = k === 0 ? 0 : share((k - 1) * d, (crosstalk) => d + crosstalk < tau * d)
      const reached = share(k * d, (score) => score >= tau * d)
      const exact = k * missed + (N - k) * reached
      const bound = Math.exp(thresholdUnion(N, k, d, tau))
      if (exact === 0) expect(bound).toBe(0)
      else expect(relative(bound, exact)).toBeLessThan(1e-12)
    }),
    { seed: 1, numRuns: 150 },
  )
})

test('the dimension is the first from which the union bound never exceeds p again', () => {
  const first = ({ N, k }: { N: number; k: number }, p: number, tau: number) => {
    const d = thresholdUnionDimension(N, k, p, tau)
    const holds = (d: number) => thresholdUnion(N, k, d, tau) <= Math.log(p)
    expect(d === 1 || !holds(d - 1)).toBe(true)
    let last = Math.ceil((2 * k * Math.log(N / p)) / Math.min(tau, 1 - tau) ** 2)
    while (last >= d && holds(last)) last--
    expect(last).toBe(d - 1)
  }
  fc.assert(fc.property(subset(1e9, 12), failure(1e-6), fc.constantFrom(0.5, 0.35, 0.6), first), {
    seed: 2,
    numRuns: 25,
  })
  first({ N: 20, k: 2 }, 0.1, 0.9)
  expect(thresholdUnionDimension(2, 1, Math.exp(thresholdUnion(2, 1, 5)))).toBe(5)
})

test('exact union ≤ Bentkus ≤ Proposition 3', () => {
  fc.assert(
    fc.property(subset(1e100, 1e4), failure(), ({ N, k }, p) => {
      const bentkus = thresholdBentkusDimension(N, k, p)
      expect(thresholdUnionDimension(N, k, p)).toBeLessThanOrEqual(Math.ceil(bentkus))
      expect(bentkus).toBeLessThanOrEqual(proposition3Dimension(N, k, p))
    }),
    { seed: 3, numRuns: 60 },
  )
  expect(Math.floor(1000 * BENTKUS)).toBe(3178)
})

test('the Gaussian law is within 1 % of the exact union bound from N = 2^12 on, small p', () => {
  for (const [N, k] of [
    [2 ** 12, 20],
    [2 ** 20, 100],
    [2 ** 60, 28],
    [1e100, 1e5],
    [2 ** 20, 2 ** 20],
  ])
    expect(
      relative(thresholdUnionDimension(N, k, 0.001), thresholdFiniteDimension(N, k, 0.001)),
    ).toBeLessThan(0.01)
})

test('long sums of signs: the saddlepoint meets the exact sum, on and off the lattice', () => {
  for (const n of [2 ** 28, 2 ** 28 + 1, 2 ** 31 + 7])
    for (const z of [0.001, 1, 5, 12, 30]) {
      const m = Math.ceil(z * Math.sqrt(n))
      expect(Math.abs(Math.expm1(signTail(n, m) - logSignTail(n, m))), `${n} ${z}`).toBeLessThan(1e-11)
    }
  const n = 2 ** 28
  for (const x of [0.2, 0.6, 0.999])
    expect(relative(signTail(n, Math.floor(x * n)), logSignTail(n, Math.floor(x * n)))).toBeLessThan(1e-12)
  expect(signTail(n, n)).toBe(-n * Math.LN2)
  const long = 2 ** 40
  expect(relative(signTail(long, long - 2), Math.log(1 + long) - long * Math.LN2)).toBeLessThan(1e-12)
  expect(signTail(n, n + 1)).toBe(-Infinity)
})

test('beyond exact integers it says so', () => {
  expect(thresholdUnionDimension(1e100, 1e50, 0.01)).toBeNaN()
  expect(() => thresholdUnion(1e100, 1e10, 1e10)).toThrow('kd must be below 2^53, not 100000000000000000000')
  expect(() => thresholdUnion(10, 2, 1.5)).toThrow('d must be an integer ≥ 1, not 1.5')
  expect(() => thresholdUnion(10, 2, 0)).toThrow('d must be an integer ≥ 1, not 0')
  for (const tau of [0, 1])
    expect(() => thresholdUnion(10, 2, 5, tau)).toThrow(`tau must lie strictly between 0 and 1, not ${tau}`)
})
