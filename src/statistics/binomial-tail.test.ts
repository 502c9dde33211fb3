import fc from 'fast-check'
import { all, type BigNumber, create, type MathJsInstance } from 'mathjs'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { inSuites } from '../testing/suites.js'
import { binomialEntropy, logBinomial, logSignTail } from './binomial-tail.js'

const math = create(all, { number: 'BigNumber', precision: 50 }) as MathJsInstance
const big = (x: number | string) => math.bignumber(x) as BigNumber

/** Number of the 2^n sign patterns whose sum is at least m, by Pascal's rule on whole numbers. */
function patterns(n: number, m: number): bigint {
  let choose = 1n
  let count = 0n
  for (let j = 0; j <= n; j++) {
    if (2 * j - n >= m) count += choose
    choose = (choose * BigInt(n - j)) / BigInt(j + 1)
  }
  return count
}

const bigTail = (n: number, m: number) => big(patterns(n, m).toString()).div(big(2).pow(n))

/** Error of exp(log) and of log itself against an exact probability. */
function errors(log: number, exact: BigNumber) {
  const exactLog = exact.ln()
  return {
    ofLog: Math.abs(big(log).minus(exactLog).div(exactLog).toNumber()),
    ofProbability: Math.abs(big(log).minus(exactLog).toNumber()),
  }
}

test('tails of the sum of n signs agree with exact counts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), evenly(-1, 1), (n, at) => {
      const m = at * n
      const log = logSignTail(n, m)
      const { ofLog, ofProbability } = errors(log, bigTail(n, m))
      expect(ofProbability).toBeLessThan(1e-12)
      if (log < -1) expect(ofLog).toBeLessThan(1e-13)
      else {
        const below = patterns(n, -n) - patterns(n, m)
        const missing = big(below.toString()).div(big(2).pow(n)).toNumber()
        expect(Math.abs(-Math.expm1(log) - missing)).toBeLessThanOrEqual(1e-13 * missing)
      }
    }),
    { seed: 2, numRuns: 100 },
  )
})

/** ln n! from Stirling's series, to 50 digits for n past 10^4. */
function bigLogFactorial(n: number): BigNumber {
  const x = big(n)
  const series = [1, -1, 1, -1, 1].map((sign, i) =>
    big(sign)
      .div([12, 360, 1260, 1680, 1188][i])
      .div(x.pow(2 * i + 1)),
  )
  const twoPi = (math.pi as unknown as BigNumber).mul(2)
  const start = x.plus(0.5).mul(x.ln()).minus(x).plus(twoPi.ln().div(2))
  return series.reduce((sum, term) => sum.plus(term), start)
}

test('tails of a million signs agree with 50-digit arithmetic from 1e-300 to 1/2', () => {
  const n = 1_000_000
  for (const m of [2, 1000, 5000, 20_000, 37_000]) {
    let j = (n + m) / 2
    let term = bigLogFactorial(n)
      .minus(bigLogFactorial(j))
      .minus(bigLogFactorial(n - j))
      .minus(big(2).ln().mul(n))
      .exp()
    expect(Math.abs(logBinomial(n, j) - term.ln().toNumber())).toBeLessThan(1e-12)
    let exact = big(0)
    while (term.gt(exact.mul(1e-20))) {
      exact = exact.plus(term)
      term = term.mul(n - j).div(++j)
    }
    const { ofLog, ofProbability } = errors(logSignTail(n, m), exact)
    expect(ofLog).toBeLessThan(1e-13)
    expect(ofProbability).toBeLessThan(1e-12)
  }
})

for (const { cases, tags } of inSuites([20, 30, 40, 46, 53], 4)) {
  test.each(cases)(
    'at the middle, where the sum is longest, what the steps leave grows as promised: n = 2^%i',
    { tags },
    (power) => {
      const n = 2 ** power - 1
      const promised = power === 20 ? 1e-12 : 1e-12 + 3e-13 * Math.sqrt(n / 2 ** 30)
      expect(Math.abs(logSignTail(n, 1) + Math.LN2)).toBeLessThan(promised)
    },
  )
}

test('single probabilities at the largest n agree with 50-digit arithmetic', () => {
  const n = 2 ** 52
  for (const z of [0, 1, 12, 37]) {
    const j = n / 2 + z * 2 ** 25
    const exact = bigLogFactorial(n)
      .minus(bigLogFactorial(j))
      .minus(bigLogFactorial(n - j))
      .minus(big(2).ln().mul(n))
    const error = Math.abs(exact.minus(logBinomial(n, j)).toNumber())
    expect(error, `z = ${z}`).toBeLessThan(2e-15 * Math.abs(exact.toNumber()))
  }
})

test('ends, parity and bad input', () => {
  expect(logSignTail(5, 6)).toBe(-Infinity)
  expect(logSignTail(5, 5)).toBeCloseTo(-5 * Math.LN2, 14)
  expect(logSignTail(5, -5)).toBe(0)
  expect(logSignTail(0, 0)).toBe(0)
  expect(logSignTail(0, 0.5)).toBe(-Infinity)
  expect(logSignTail(9, 1.5)).toBe(logSignTail(9, 3))
  expect(logSignTail(2 ** 40, 0)).toBeCloseTo(-Math.LN2, 5)
  expect(() => logSignTail(2.5, 0)).toThrow(RangeError)
  expect(() => logSignTail(3, Number.NaN)).toThrow(RangeError)
})

test('the entropy of a binomial law is −Σ p log2 p', () => {
  for (const k of [1, 2, 3, 7, 28, 60, 101]) {
    let exact = big(0)
    let choose = 1n
    for (let j = 0; j <= k; j++) {
      const p = big(choose.toString()).div(big(2).pow(k))
      exact = exact.minus(p.mul(p.ln()).div(big(2).ln()))
      choose = (choose * BigInt(k - j)) / BigInt(j + 1)
    }
    expect(Math.abs(binomialEntropy(k) / exact.toNumber() - 1)).toBeLessThan(1e-14)
  }
  expect(binomialEntropy(0)).toBe(0)
  expect(binomialEntropy(10 ** 6)).toBeCloseTo(0.5 * Math.log2((Math.PI * Math.E * 10 ** 6) / 2), 6)
})
