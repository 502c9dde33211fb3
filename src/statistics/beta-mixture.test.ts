import fc from 'fast-check'
import { all, type BigNumber, create } from 'mathjs'
import { describe, expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { logSum } from '../numerics/log-sum.js'
import { betaln } from '../numerics/special/beta.js'
import { type BetaPrior, evidenceAbove, evidenceBelow, tunedPrior } from './beta-mixture.js'
import { logUpperBeta } from './log-upper-beta.js'

const { bignumber, factorial } = create(all, { number: 'BigNumber', precision: 64 })

const rate = evenly(0.001, 0.999)
const count = fc.integer({ min: 0, max: 200 })
const prior = fc.record({
  a: evenly(0.1, 60),
  b: evenly(0.1, 60),
})

/** ln of the mixture over all θ: of its two sides, each with its part of the prior. */
function logMixture(p: number, s: number, f: number, { a, b }: BetaPrior): number {
  const above = logUpperBeta(p, a, b) + evidenceAbove(p, { a, b })(s, f)
  const below = logUpperBeta(1 - p, b, a) + evidenceBelow(p, { a, b })(s, f)
  return logSum([above, below]) - betaln(a, b)
}

describe('published values', () => {
  // The unit tests of the R and Python package `confseq` (Howard et al. 2021): BetaBinomialMixture(v_opt 100,
  // alpha_opt 0.05,
  // g 0.2, h 0.8) at s = 10, v = 100, that is 625 trials, 135 successes, against the rate 0.2. Its mixture is tuned at
  // v_opt/(g h) = 625 trials; one-sided it uses twice the alpha.
  test('two-sided', () => {
    expect(logMixture(0.2, 135, 490, tunedPrior(0.2, 625, 0.05))).toBeCloseTo(-0.6941012, 6)
  })

  test('one-sided', () => {
    expect(evidenceAbove(0.2, tunedPrior(0.2, 625, 0.1))(135, 490)).toBeCloseTo(-0.07134019, 7)
  })

  test('one-sided bound: s = 28.41238 reaches 1/α = 20', () => {
    const successes = 125 + 28.41238
    const reached = evidenceAbove(0.2, tunedPrior(0.2, 625, 0.1))(successes, 625 - successes)
    expect(reached).toBeCloseTo(Math.log(20), 5)
  })
})

test('the mixture is its closed form, B(a + s, b + f)/B(a, b) over the likelihood', () => {
  const beta = (a: number, b: number) =>
    factorial(bignumber(a - 1))
      .times(factorial(bignumber(b - 1)))
      .div(factorial(bignumber(a + b - 1))) as BigNumber
  const shape = fc.integer({ min: 1, max: 20 })
  fc.assert(
    fc.property(rate, count, count, shape, shape, (p, s, f, a, b) => {
      const likelihood = bignumber(p).pow(s).times(bignumber(1).minus(p).pow(f))
      const exact = beta(a + s, b + f)
        .div(beta(a, b))
        .div(likelihood)
      expect(logMixture(p, s, f, { a, b })).toBeCloseTo(Number(exact.ln()), 9)
    }),
    { seed: 5, numRuns: 40 },
  )
})

/** The mean of the next evidence over the present one, when the next outcome succeeds with probability p. */
function growth(logEvidence: (s: number, f: number) => number, s: number, f: number, p: number): number {
  const now = logEvidence(s, f)
  return p * Math.exp(logEvidence(s + 1, f) - now) + (1 - p) * Math.exp(logEvidence(s, f + 1) - now)
}

test('one-sided is a martingale at the bar, from 1, and shrinks under every rate beyond it', () => {
  fc.assert(
    fc.property(rate, rate, count, count, prior, (one, other, s, f, mixture) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      const above = (p: number) => evidenceAbove(p, mixture)
      const below = (p: number) => evidenceBelow(p, mixture)
      expect(growth(above(high), s, f, high)).toBeCloseTo(1, 8)
      expect(growth(below(low), s, f, low)).toBeCloseTo(1, 8)
      if (high - low > 0.001) {
        expect(growth(above(high), s, f, low)).toBeLessThan(1)
        expect(growth(below(low), s, f, high)).toBeLessThan(1)
      }
      expect(above(high)(0, 0)).toBeCloseTo(0, 12)
    }),
    { seed: 7, numRuns: 300 },
  )
})
