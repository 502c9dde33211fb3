import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trapezoid } from '../numerics/roots-and-quadrature.js'
import { binomialEntropy } from '../statistics/binomial-tail.js'
import { logNormalTail, normalDensity } from '../statistics/normal.js'
import { failure, relative, subset } from '../testing/regimes.js'
import { coordinateEntropy, countingBound, countingSuccess } from './counting-bound.js'
import { entropyBits } from './entropy.js'
import { mapThreshold } from './map-boundary.js'
import { ampDimension } from './state-evolution.js'
import { boxDimension, coneWidth, softExcess, statisticalDimension } from './statistical-dimension.js'
import { mapFiniteDimension, thresholdFinite, thresholdFiniteDimension } from './threshold-finite.js'
import { topKFinite, topKFiniteDimension } from './top-k-finite.js'

/** The reference table, computed independently and printed in whole dimensions and hundredths of dims per bit. */
const reference = [
  {
    at: [2 ** 20, 28],
    bits: 462.1,
    threshold: [2620, 5.67],
    topK: [1297, 2.81],
    topK99: [1940, 4.2],
    bp: [428, 0.93],
    nonNegative: 396,
    amp: [322, 0.7],
    counting: [134, 0.29],
  },
  {
    at: [2 ** 20, 100],
    bits: 1475.2,
    threshold: [9356, 6.34],
    topK: [5363, 3.64],
    topK99: [7599, 5.15],
    bp: [1319, 0.89],
    nonNegative: 1206,
    amp: [991, 0.67],
    counting: [338, 0.23],
  },
  {
    at: [2 ** 12, 20],
    bits: 178.9,
    threshold: [1027, 5.74],
    topK: [584, 3.26],
    topK99: [993, 5.55],
    bp: [142, 0.8],
    nonNegative: 123,
    amp: [107, 0.6],
    counting: [56, 0.31],
  },
] as const

test.each(reference)('the reference table at N, k = $at, to the last printed digit', (row) => {
  const [N, k] = row.at
  const bits = entropyBits(N, k)
  const expectPrinted = (dimension: number, [whole, dimsPerBit]: readonly [number, number]) => {
    expect(Math.abs(dimension - whole)).toBeLessThan(0.53)
    expect(Math.abs(dimension / bits - dimsPerBit)).toBeLessThan(0.00501)
  }
  expect(Math.abs(bits - row.bits)).toBeLessThan(0.0501)
  expectPrinted(thresholdFiniteDimension(N, k, 0.5), row.threshold)
  expectPrinted(topKFiniteDimension(N, k, 0.5), row.topK)
  expectPrinted(topKFiniteDimension(N, k, 0.01), row.topK99)
  expectPrinted(statisticalDimension(N, k, 2).dimension, row.bp)
  expect(Math.abs(statisticalDimension(N, k, 1).dimension - row.nonNegative)).toBeLessThan(0.5)
  expectPrinted(ampDimension(N, k), row.amp)
  expectPrinted(Math.ceil(countingBound(N, k)), row.counting)
})

test('the MAP boundary brings the d50 of threshold decoding at N = 2^20, k = 28 to about 1430', () => {
  expect(Math.round(mapFiniteDimension(2 ** 20, 28, 0.5))).toBe(1430)
})

test('finite laws invert: their failure at d(p) is p', () => {
  fc.assert(
    fc.property(subset(1e100, 1e6), failure(1e-9), ({ N, k }, p) => {
      for (const q of [p, 1 - p]) {
        const threshold = thresholdFiniteDimension(N, k, q)
        if (threshold > 0) expect(relative(thresholdFinite(N, k, threshold).failure, q)).toBeLessThan(1e-9)
        const topK = topKFiniteDimension(N, k, q)
        if (topK > 0) expect(relative(topKFinite(N, k, topK).failure, q)).toBeLessThan(1e-9)
      }
    }),
    { seed: 1, numRuns: 6 },
  )
})

test('top-k failure agrees with integrating over the largest false score instead of the least member', () => {
  for (const [N, k, d] of [
    [2 ** 20, 28, 1297],
    [2 ** 20, 28, 4000],
    [2 ** 12, 20, 300],
    [1e100, 1e6, 7e8],
    [10, 9, 150],
    [2 ** 60, 2, 400],
    [100, 3, 2000],
  ]) {
    const density = (x: number) => (N - k) * normalDensity(x) * Math.exp((N - k - 1) * logNormalTail(-x))
    const members = (x: number) => k * logNormalTail((x * Math.sqrt(k / d) - 1) * Math.sqrt(d / (k - 1)))
    const failed = trapezoid((x) => density(x) * -Math.expm1(members(x)), -9, 40, 0.01)
    const { success, failure } = topKFinite(N, k, d)
    expect(relative(failure, failed)).toBeLessThan(1e-10)
    expect(success + failure).toBeCloseTo(1, 12)
  }
  const low = topKFinite(1e100, 1e60, 1e60)
  expect(low.success + low.failure).toBeCloseTo(1, 12)
})

test('one member: its score is 1, and the two one-step laws differ by where they cut', () => {
  const { success } = topKFinite(1000, 1, 9)
  expect(success).toBeCloseTo(Math.exp(999 * logNormalTail(-3)), 13)
  expect(thresholdFinite(1000, 1, 36).success).toBeCloseTo(success, 13)
  expect(thresholdFinite(1000, 1, 36).failure).toBeCloseTo(1 - success, 13)
})

test('subsets of none or all', () => {
  expect(topKFinite(5, 5, 1)).toEqual({ success: 1, failure: 0 })
  expect(topKFinite(5, 0, 1)).toEqual({ success: 1, failure: 0 })
  expect(thresholdFinite(5, 0, 1)).toEqual({ success: 1, failure: -0 })
  expect(thresholdFinite(5, 5, 1, (d) => mapThreshold(5, 5, d)).success).toBe(1)
  expect(topKFiniteDimension(5, 5, 0.1)).toBe(0)
  expect(thresholdFiniteDimension(2, 1, 0.5)).toBe(0)
  expect([mapFiniteDimension(5, 5, 0.1), mapFiniteDimension(5, 0, 0.1)]).toEqual([0, 0])
  const all = thresholdFinite(5, 5, 64)
  expect(Math.log(all.success)).toBeCloseTo(5 * logNormalTail(-2), 13)
  expect(statisticalDimension(5, 0, 2)).toEqual({ dimension: 0, t: Infinity })
  expect(statisticalDimension(5, 5, 2)).toEqual({ dimension: 5, t: 0 })
})

test('the statistical dimension is the least cone width, between k and N, and knowing the sign lowers it', () => {
  fc.assert(
    fc.property(subset(1e100, 1e100), ({ N, k }) => {
      const [one, two] = [statisticalDimension(N, k, 1), statisticalDimension(N, k, 2)]
      expect(one.dimension).toBeLessThanOrEqual(two.dimension)
      expect(two.dimension).toBeLessThanOrEqual(N)
      expect(one.dimension).toBeGreaterThanOrEqual(k)
      for (const factor of [0.5, 0.99, 1.01, 2])
        expect(coneWidth(N, k, 2, two.t * factor)).toBeGreaterThanOrEqual(two.dimension * (1 - 1e-12))
    }),
    { seed: 2, numRuns: 100 },
  )
})

test('coefficients of at most 1 lower it further, to N/2 from k = N/2 on, and hardly while k ≪ N', () => {
  fc.assert(
    fc.property(subset(1e100, 1e100), ({ N, k }) => {
      const box = boxDimension(N, k)
      expect(box).toBeLessThanOrEqual(statisticalDimension(N, k, 1).dimension * (1 + 1e-12))
      expect(box).toBeLessThanOrEqual((N / 2) * (1 + 1e-12))
      if (2 * k >= N) expect(box).toBe(N / 2)
    }),
    { seed: 3, numRuns: 100 },
  )
  expect([boxDimension(128, 0), boxDimension(128, 64), boxDimension(128, 128)]).toEqual([0, 64, 64])
  expect(boxDimension(2 ** 20, 28)).toBeCloseTo(395.97, 2)
})

test('that dimension is the least over t of the polar cone’s squared distance', () => {
  for (const [N, k] of [
    [100, 1],
    [100, 30],
    [100, 49],
  ]) {
    const distances = Array.from(
      { length: 400 },
      (_, i) => k * softExcess(-i / 100) + (N - k) * softExcess(i / 100),
    )
    expect(relative(boxDimension(N, k), Math.min(...distances))).toBeLessThan(1e-4)
    expect(boxDimension(N, k)).toBeLessThanOrEqual(Math.min(...distances))
  }
})

test('a coordinate tells the entropy of k signs: the series meets the sum where it takes over', () => {
  for (const k of [4096, 4097, 20_000])
    expect(relative(coordinateEntropy(k), binomialEntropy(k))).toBeLessThan(2e-14)
  expect(coordinateEntropy(2)).toBeCloseTo(1.5, 14)
  expect(countingBound(2 ** 30, 1)).toBe(30)
  expect([countingBound(9, 9), countingBound(9, 0)]).toEqual([0, 0])
  expect(countingSuccess(2 ** 30, 1, 14)).toBeCloseTo(0.5, 14)
  expect(countingSuccess(2 ** 30, 1, 100)).toBe(1)
  expect(countingSuccess(2 ** 30, 2, 10)).toBeCloseTo(16 / entropyBits(2 ** 30, 2), 14)
  expect(countingSuccess(9, 9, 1)).toBe(1)
})

test('the laws stand in their order: counting < AMP < basis pursuit < top-k < threshold', () => {
  for (const N of [2 ** 12, 2 ** 16, 2 ** 20, 2 ** 60])
    for (const k of [10, 28, 100]) {
      const laws = [
        countingBound(N, k),
        ampDimension(N, k),
        statisticalDimension(N, k, 1).dimension,
        statisticalDimension(N, k, 2).dimension,
        topKFiniteDimension(N, k, 0.5),
        mapFiniteDimension(N, k, 0.5),
        thresholdFiniteDimension(N, k, 0.5),
      ]
      expect(laws).toEqual(laws.toSorted((a, b) => a - b))
    }
})
