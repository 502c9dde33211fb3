import fc from 'fast-check'
import { all, type BigNumber, create, type MathJsInstance } from 'mathjs'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { logSignTail } from '../statistics/binomial-tail.js'
import { failure, relative, subset } from '../testing/regimes.js'
import { chernoffDeviation, chernoffLogTail, gaussianCumulant, signCumulant } from './chernoff.js'
import { corollary1Failure } from './corollary-1.js'
import { corollary2Dimension, corollary2Failure } from './corollary-2.js'
import { entropyBits } from './entropy.js'
import { equation4Bitrate, equation4Dimension } from './equation-4.js'
import { informationLimit } from './information-limit.js'
import { decisionBoundary, logOddsAgainst, logPosteriorOdds, mapThreshold } from './map-boundary.js'
import { bounds } from './plan.js'
import { proposition1Dimension, proposition1Success } from './proposition-1.js'
import { proposition2Dimension, proposition2Epsilon, proposition2Failure } from './proposition-2.js'
import { proposition3Failure } from './proposition-3.js'
import { thresholdAsymptote, thresholdAsymptoticDimsPerBit } from './threshold-asymptote.js'
import { thresholdBentkusFailure } from './threshold-bentkus.js'
import { topKAsymptoticDimsPerBit, topKExponent, topKLaw } from './top-k-law.js'
import { welchDimension } from './welch.js'

const math = create(all, {
  number: 'BigNumber',
  precision: 200,
  relTol: 1e-190,
  absTol: 1e-190,
}) as MathJsInstance

/** The formula as the paper or the reference has it, in 60 digits. */
const evaluate = (formula: string, scope: Record<string, number>): number =>
  (
    math.evaluate(
      formula,
      Object.fromEntries(Object.entries(scope).map(([name, x]) => [name, math.bignumber(x)])),
    ) as BigNumber
  ).toNumber()

const dimensionOf = (id: string) => bounds.find((bound) => bound.id === id)!.dimension

const formulas: Record<string, string> = {
  'proposition-2': '2 (1/(2k))^-2 * (2 log(N) + log(1/p))',
  'corollary-1': '8 k^2 * (2 log(N) + log(1/p))',
  'proposition-3': '8 k * (log(N) + log(1/p))',
  'corollary-2': '8 k * (log(N) + log(1/(p p)))',
  'rule-threshold': '8 k log(N)',
  'rule-top-k': '4 k log(k N)',
  'equation-4': '4 k log(N)',
  'mp-even-odds': 'k log2(e N / k)',
  'mp-1.3': '1.3 k log2(e N / k)',
  'bpdn-0.8': '0.8 k log2(e N / k)',
  'omp-law': '2 k log(N - k)',
  'lasso-law': '2 k log(N - k)',
  'top-k-law': '2 k * (sqrt(log(N - k)) + sqrt(log(k)))^2',
  'coherence-guarantee': '2 (2k - 1)^2 * (2 log(N) + log(1/p))',
  welch: 'floor(N / (1 + (N - 1) / (2k - 1)^2)) + 1',
  'orthogonal-when-wide': 'N',
}

test.each(Object.keys(formulas))('%s is what its formula says', (id) => {
  fc.assert(
    fc.property(subset(1e100, 1e6), failure(), ({ N, k }, p) => {
      fc.pre(N - k > 2)
      expect(relative(dimensionOf(id)({ N, k, p }), evaluate(formulas[id], { N, k, p }))).toBeLessThan(4e-15)
    }),
    { seed: 4, numRuns: 8 },
  )
})

test('the laws are what their formulas say at their corners too', () => {
  const [N, k, p] = [2 ** 60, 1000, 0.1]
  expect(
    relative(dimensionOf('information-limit')({ N, k, p }), evaluate('2 k log(N/k)/log(k)', { N, k })),
  ).toBeLessThan(1e-15)
  const { 'threshold-asymptote': row } = Object.fromEntries(
    bounds.map(({ id, dimension }) => [id, dimension]),
  )
  expect(relative(row({ N, k, p }), evaluate('8 k log(N - k)', { N, k }))).toBeLessThan(1e-15)
  expect(relative(thresholdAsymptote(N, k, 0.9), evaluate('200 * (k - 1) * log(k)', { N, k }))).toBeLessThan(
    1e-13,
  )
  expect(relative(thresholdAsymptote(N, k, 0.25), evaluate('32 k log(N - k)', { N, k }))).toBeLessThan(1e-13)
  expect(relative(thresholdAsymptote(N, 1, 0.9), evaluate('2 log(N - 1)/0.81', { N }))).toBeLessThan(1e-13)
  expect(thresholdAsymptote(3, 2, 0.9)).toBeCloseTo(200 * Math.LN2, 11)
  expect([topKLaw(9, 0), topKLaw(9, 9)]).toEqual([0, 0])
  expect(informationLimit(9, 1)).toBeNaN()
  expect(informationLimit(8, 2)).toBe(8)
})

test('Welch: at equality a coherence is no guarantee, so that the next whole dimension is needed', () => {
  const needed = [
    [64, 4],
    [1000, 1],
    [65, 4],
    [1, 1],
    [9, 0],
    [9, 9],
  ].map(([N, k]) => welchDimension(N, k))
  expect(needed).toEqual([29, 2, 29, 0, 0, 9])
})

test('each guarantee inverts: the failure at its dimension is p', () => {
  const inverses: [string, (N: number, k: number, d: number, p: number) => number][] = [
    ['corollary-1', corollary1Failure],
    ['proposition-2', (N, k, d) => proposition2Failure(N, d, 1 / (2 * k))],
    ['proposition-3', proposition3Failure],
    ['corollary-2', (N, k, d, p) => corollary2Failure(N, k, d, p)],
    ['threshold-bentkus', thresholdBentkusFailure],
    ['proposition-1', (N, k, d) => 1 - proposition1Success(N, k, d, k)],
  ]
  fc.assert(
    fc.property(subset(1e100, 1e6), failure(1e-6), ({ N, k }, p) => {
      for (const [id, inverse] of inverses) {
        const d = dimensionOf(id)({ N, k, p })
        if (d > 0)
          expect(relative(inverse(N, k, d, p), p), id).toBeLessThan(id === 'proposition-1' ? 1e-9 : 1e-12)
      }
    }),
    { seed: 5, numRuns: 100 },
  )
})

test('the failure bounds are probabilities', () => {
  for (const bound of [proposition3Failure, corollary1Failure, thresholdBentkusFailure])
    expect(bound(1000, 10, 1)).toBe(1)
  expect(proposition2Failure(1000, 1, 0.1)).toBe(1)
  expect(corollary2Failure(1000, 10, 1, 0.1)).toBe(1)
  expect(corollary2Dimension(1000, 10, 0.1, 0.01)).toBeCloseTo(80 * Math.log(1e6), 9)
  expect(corollary2Failure(1000, 10, 2000, 0.01)).toBeCloseTo(1e5 * Math.exp(-25), 15)
})

test('Proposition 1: the formula, and nothing where it is empty', () => {
  const C = Math.log(1 + 5) / 2
  expect(proposition1Dimension(1000, 3, 0.2, 5)).toBeCloseTo((0.8 * Math.log(166_167_000) - Math.LN2) / C, 11)
  expect(proposition1Dimension(1000, 0, 0.2, 5)).toBe(0)
  expect(proposition1Dimension(2, 1, 0.2, 5)).toBe(0)
  expect(proposition1Success(1000, 3, 1e6, 5)).toBe(1)
  expect(proposition1Success(1000, 1000, 1, 5)).toBe(1)
})

test('Proposition 2 at N = 2^20, ε = ¼, p = ½ asks for d > 909, as the discussion says; solved for ε it agrees', () => {
  expect(Math.floor(proposition2Dimension(2 ** 20, 0.5, 0.25))).toBe(909)
  expect(proposition2Epsilon(2 ** 20, proposition2Dimension(2 ** 20, 0.01, 0.3), 0.01)).toBeCloseTo(0.3, 14)
})

test('Equation 4 bounds the bitrate at d = 4k ln N, and 4 ln 2 > 2.7 dims per bit is its limit', () => {
  fc.assert(
    fc.property(subset(1e100, 1e100), ({ N, k }) => {
      const bitrate = entropyBits(N, k) / equation4Dimension(N, k)
      expect(bitrate).toBeLessThanOrEqual(equation4Bitrate(N, k) * (1 + 1e-14))
      expect(equation4Bitrate(N, k)).toBeCloseTo(
        evaluate('(1/(4 log(2))) (1 - (log(k) - 1)/log(N))', { N, k }),
        14,
      )
    }),
    { seed: 6, numRuns: 20 },
  )
  expect(() => equation4Bitrate(1, 1)).toThrow('Equation 4 needs N ≥ 2 and k ≥ 1, not N = 1, k = 1')
  expect(() => equation4Bitrate(5, 0)).toThrow(RangeError)
})

test('the decision boundary has even posterior odds; Equation 2 is a Gaussian likelihood ratio', () => {
  fc.assert(
    fc.property(
      evenly(-1, 2).map((at) => 10 ** at),
      evenly(-30, 30),
      evenly(-3, 3),
      (rho, prior, lambda) => {
        expect(logPosteriorOdds(decisionBoundary(rho, prior), rho, prior)).toBeCloseTo(0, 10)
        const logLikelihood = (s: number) => (-rho * (lambda - s) ** 2) / 2
        expect(logPosteriorOdds(lambda, rho, prior) - prior).toBeCloseTo(
          logLikelihood(1) - logLikelihood(0),
          9,
        )
      },
    ),
    { seed: 7, numRuns: 50 },
  )
  expect(mapThreshold(2 ** 20, 28, 1300)).toBeCloseTo(0.73, 2)
  expect(mapThreshold(100, 50, 7)).toBe(0.5)
  expect(logOddsAgainst(100, 20)).toBeCloseTo(Math.log(4), 15)
})

test('ln cosh is right to 1e-15 and at most λ²/2; the Chernoff bound holds for sums of n signs', () => {
  for (const lambda of [1e-9, 1e-3, 0.3, 0.999, 1.001, 5, 30, 800])
    expect(
      relative(signCumulant(-lambda), evaluate('log((exp(x) + exp(-x))/2)', { x: lambda })),
    ).toBeLessThan(1e-15)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), evenly(0, 8), (n, r) => {
      expect(signCumulant(r)).toBeLessThanOrEqual(gaussianCumulant(r))
      expect(logSignTail(n, r * Math.sqrt(n))).toBeLessThanOrEqual(chernoffLogTail(r))
    }),
    { seed: 8, numRuns: 200 },
  )
  expect([chernoffLogTail(-1), chernoffLogTail(0)]).toEqual([0, 0])
  expect(chernoffLogTail(3)).toBe(-4.5)
  expect(gaussianCumulant(-3)).toBe(4.5)
  expect(chernoffLogTail(chernoffDeviation(1e-9))).toBeCloseTo(Math.log(1e-9), 12)
})

test('one-step asymptotes: 5.55 and 1.386 dims per bit at θ = 0, 2.77 for top-k at θ = 1/9', () => {
  expect(thresholdAsymptoticDimsPerBit(0)).toBeCloseTo(8 * Math.LN2, 14)
  expect(thresholdAsymptoticDimsPerBit(0.75)).toBeCloseTo(32 * Math.LN2, 13)
  expect(topKAsymptoticDimsPerBit(0)).toBeCloseTo(1.386, 3)
  expect(topKAsymptoticDimsPerBit(1 / 9)).toBeCloseTo(4 * Math.LN2, 14)
  for (const theta of [0, 0.1, 0.7])
    expect(topKExponent(topKAsymptoticDimsPerBit(theta))).toBeCloseTo(theta, 14)
  expect(() => topKExponent(1.3)).toThrow('dimsPerBit must be at least 2 ln 2 for top-k, not 1.3')
  for (const theta of [-0.1, 1, Number.NaN]) {
    expect(() => topKAsymptoticDimsPerBit(theta)).toThrow('theta must be at least 0 and below 1')
    expect(() => thresholdAsymptoticDimsPerBit(theta)).toThrow(RangeError)
  }
})

test('threshold decoding at its best τ has the top-k law, which the dims-per-bit form approaches', () => {
  const [N, k] = [1e80, 1e20]
  const tau = Math.sqrt(Math.log(N)) / (Math.sqrt(Math.log(N)) + Math.sqrt(Math.log(k)))
  expect(relative(thresholdAsymptote(N, k, tau), topKLaw(N, k))).toBeLessThan(1e-12)
  expect(relative(topKLaw(N, k) / entropyBits(N, k), topKAsymptoticDimsPerBit(0.25))).toBeLessThan(0.01)
  expect(
    relative(thresholdAsymptote(N, k) / entropyBits(N, k), thresholdAsymptoticDimsPerBit(0.25)),
  ).toBeLessThan(0.01)
})
