import fc from 'fast-check'
import { all, type BigNumber, create, type MathJsInstance } from 'mathjs'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import {
  inverseLogNormalTail,
  inverseNormalTail,
  logNormalTail,
  normalDensity,
  normalTail,
} from './normal.js'

const math = create(all, { number: 'BigNumber', precision: 40 }) as MathJsInstance
const big = (x: number) => math.bignumber(x) as BigNumber
const bigDensity = (x: BigNumber) =>
  x
    .mul(x)
    .div(-2)
    .exp()
    .div(math.sqrt(math.bignumber(2).mul(math.pi as unknown as BigNumber)) as BigNumber)

/** Laplace's continued fraction φ(x)/(x + 1/(x + 2/(x + …))) above 2, below it ½ − φ(x) Σ x^(2n+1)/(2n+1)!!. */
function bigTail(x: BigNumber): BigNumber {
  if (x.lt(0)) return big(1).minus(bigTail(x.neg()))
  if (x.gt(2)) {
    let fraction = x
    for (let n = 500; n > 0; n--) fraction = x.plus(big(n).div(fraction))
    return bigDensity(x).div(fraction)
  }
  let term = x
  let sum = x
  for (let n = 3; n < 200; n += 2) {
    term = term.mul(x).mul(x).div(n)
    sum = sum.plus(term)
  }
  return big(0.5).minus(bigDensity(x).mul(sum))
}

const relative = (value: number, exact: BigNumber) => Math.abs(big(value).minus(exact).div(exact).toNumber())

test('the tail, its logarithm and the density agree with 40-digit arithmetic', () => {
  for (const x of [-8.3, -5, -1.001, -1, -0.3, 0.1, 0.999, 1, 1.001, 1.9, 2.1, 5.3, 10, 22.2, 37]) {
    const exact = bigTail(big(x))
    expect(relative(normalTail(x), exact), `Q(${x})`).toBeLessThan(1e-15 + x * x * 1e-16)
    expect(relative(logNormalTail(x), exact.ln()), `ln Q(${x})`).toBeLessThan(1e-14)
    expect(relative(normalDensity(x), bigDensity(big(x)))).toBeLessThan(1e-15 + x * x * 1e-16)
  }
  for (const x of [100, 447, 1000])
    expect(relative(logNormalTail(x), bigTail(big(x)).ln()), `ln Q(${x})`).toBeLessThan(1e-14)
})

test('the tail below the least normal double: right to a last bit, and 0 from 38.48 on', () => {
  for (const x of [37.5, 38, 38.3, 38.44, 38.47]) {
    const exact = bigTail(big(x))
    expect(big(normalTail(x)).minus(exact).abs().toNumber(), `Q(${x})`).toBeLessThanOrEqual(
      Math.max(5e-324, exact.toNumber() * 1.5e-13),
    )
    expect(normalTail(x)).toBeGreaterThan(0)
  }
  for (const x of [38.48, 38.6, 100]) expect(normalTail(x)).toBe(0)
})

test('the inverse tail inverts 40-digit arithmetic from 1e-300 to 1', () => {
  const condition = (x: number) => Math.abs(x) + 1
  for (const x of [-5, -2, -0.5, 1e-3, 0.7, 1.2, 1.3, 2, 6, 20, 37]) {
    const p = bigTail(big(x))
    const slack = 4e-16 * condition(x) + (1.2e-16 * p.toNumber()) / normalDensity(x)
    expect(Math.abs(inverseNormalTail(p.toNumber()) - x), `Q⁻¹ of Q(${x})`).toBeLessThan(slack)
    expect(Math.abs(inverseLogNormalTail(p.ln().toNumber()) - x)).toBeLessThan(slack)
  }
})

test('the inverse from logarithms inverts ln Q down to −1e5 and beyond', () => {
  fc.assert(
    fc.property(evenly(1, 2000), (x) => {
      expect(Math.abs(inverseLogNormalTail(logNormalTail(x)) / x - 1)).toBeLessThan(2e-14 / Math.min(x, 10))
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('ends and bad input', () => {
  expect(inverseNormalTail(0)).toBe(Infinity)
  expect(inverseNormalTail(1)).toBe(-Infinity)
  expect(inverseNormalTail(0.5)).toBeCloseTo(0, 15)
  expect(inverseLogNormalTail(0)).toBe(-Infinity)
  expect(inverseLogNormalTail(-Infinity)).toBe(Infinity)
  expect(() => inverseNormalTail(1.5)).toThrow(RangeError)
  expect(() => inverseNormalTail(Number.NaN)).toThrow(RangeError)
  expect(() => inverseLogNormalTail(0.1)).toThrow(RangeError)
})
