import fc from 'fast-check'
import { all, type BigNumber, create, type MathJsInstance } from 'mathjs'
import { expect, test } from 'vitest'
import { magnitude, share } from '../testing/regimes.js'
import { binaryEntropyForm, logBinomialBounds } from './binomial-bounds.js'
import { entropyBits, logChoose } from './entropy.js'
import { entropyApproximation } from './entropy-approximation.js'

const math = create(all, { number: 'BigNumber', precision: 75 }) as MathJsInstance
const big = (x: number | bigint) => math.bignumber(x.toString()) as BigNumber

/** C(N, k) as a product, for k up to a few hundred. */
function choose(N: number, k: number): BigNumber {
  const n = big(BigInt(N))
  let product = big(1)
  for (let i = 0; i < k; i++) product = product.mul(n.minus(i)).div(i + 1)
  return product
}

/** ln n! by Stirling's series, for n ≥ 1e3: to better than 1e-24. */
function bigLogFactorial(n: BigNumber): BigNumber {
  const series = [12, -360, 1260, -1680, 1188].reduce(
    (sum, c, i) => sum.plus(big(1).div(n.pow(2 * i + 1).mul(c))),
    big(0),
  )
  const twoPi = (math.pi as unknown as BigNumber).mul(2)
  return n.plus(0.5).mul(n.ln()).minus(n).plus(twoPi.ln().div(2)).plus(series)
}

const error = (value: number, exact: BigNumber) => big(value).minus(exact).div(exact).abs().toNumber()

test('ln C(N, k) agrees with exact products for every k and N up to 1e100', () => {
  fc.assert(
    fc.property(magnitude(2, 1e100), share, (N, at) => {
      const k = Math.ceil(at * Math.min(N - 1, 120))
      fc.pre(k > 0)
      const exact = choose(N, k).ln()
      expect(error(logChoose(N, k), exact)).toBeLessThan(1e-14)
      expect(error(entropyBits(N, k), exact.div(big(2).ln()))).toBeLessThan(1e-14)
    }),
    { seed: 1, numRuns: 15 },
  )
})

test.each([
  [2 ** 60, 28],
  [1e100, 28],
  [1e100, 1],
  [1e100, 15],
  [1e100, 16],
  [2 ** 60, 17],
])('the entropy at N = %d, k = %d is right to 1e-15', (N, k) => {
  expect(error(logChoose(N, k), choose(N, k).ln())).toBeLessThan(1e-15)
})

test.each([
  [1e100, 1e50],
  [1e100, 3e99],
  [2 ** 60, 2 ** 59],
  [2 ** 60, 1e6],
  [2 ** 20, 2 ** 19],
  [2 ** 20, 1001],
])('the entropy at N = %d, k = %d agrees with factorials in 75 digits', (N, k) => {
  const [n, m] = [big(BigInt(N)), big(BigInt(k))]
  const exact = bigLogFactorial(n)
    .minus(bigLogFactorial(m))
    .minus(bigLogFactorial(n.minus(m)))
  expect(error(logChoose(N, k), exact)).toBeLessThan(1e-15)
})

test('from k = 16 on Stirling’s series is right to the last bit', () => {
  for (let N = 60; N <= 70; N++) expect(error(logChoose(N, 16), choose(N, 16).ln())).toBeLessThan(3e-16)
})

test('C(N, k) = C(N, N − k), and its ends are exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 30 }), fc.nat(), (N, at) => {
      const k = at % (N + 1)
      expect(logChoose(N, k)).toBe(logChoose(N, N - k))
      expect(entropyApproximation(N, k)).toBeGreaterThanOrEqual(logChoose(N, k))
    }),
    { seed: 2, numRuns: 200 },
  )
  for (let b = 1; b <= 53; b++) expect(entropyBits(2 ** b, b < 53 ? 1 : 0)).toBe(b < 53 ? b : 0)
  expect(entropyBits(4, 4)).toBe(0)
  for (const [N, k, count] of [
    [5, 2, 10],
    [49, 6, 13_983_816],
    [30, 15, 155_117_520],
    [100, 98, 4950],
  ])
    expect(logChoose(N, k)).toBe(Math.log(count))
})

test('ln C(N, k) lies between its bounds (Appendix B)', () => {
  fc.assert(
    fc.property(magnitude(2, 1e100), share, (N, at) => {
      const k = Math.min(N, Math.max(1, Math.round(N ** at)))
      const exact = logChoose(N, k)
      const { lower, upper } = logBinomialBounds(N, k)
      const rounding = 1 + 4e-15
      expect(lower).toBeLessThanOrEqual(exact * rounding)
      expect(exact).toBeLessThanOrEqual(upper * rounding)
      const gap = binaryEntropyForm(N, k) - exact
      expect(gap).toBeGreaterThanOrEqual(-4e-15 * exact)
      expect(gap).toBeLessThanOrEqual(0.5 * Math.log(8 * N) + 4e-15 * exact)
    }),
    { seed: 3, numRuns: 300 },
  )
  expect(logBinomialBounds(8, 2).lower).toBeCloseTo(Math.log(16), 14)
  expect(logBinomialBounds(7, 0)).toEqual({ lower: 0, upper: 0 })
  expect([binaryEntropyForm(8, 0), binaryEntropyForm(8, 8)]).toEqual([0, 0])
  expect(binaryEntropyForm(8, 4)).toBeCloseTo(8 * Math.LN2, 14)
  expect(binaryEntropyForm(4, 3)).toBe(binaryEntropyForm(4, 1))
})

test('the worked example of Section 3.1: 0.16 % at k = 2^8, 0.26 % at k = 2^7, N = 2^20', () => {
  const excess = (k: number) => entropyApproximation(2 ** 20, k) / logChoose(2 ** 20, k) - 1
  expect(entropyApproximation(2 ** 20, 2 ** 8)).toBeCloseTo(256 * (1 + 12 * Math.LN2), 10)
  expect(excess(2 ** 8)).toBeCloseTo(0.0016, 4)
  expect(excess(2 ** 7)).toBeCloseTo(0.0026, 4)
})
