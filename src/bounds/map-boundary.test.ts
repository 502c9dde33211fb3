import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { parseAmplitudes } from '../codes/model/amplitudes.js'
import { logOddsAgainst, logRatioOf, mapBar, mapThreshold, scoreAt } from './map-boundary.js'

const shapes = fc.record({
  N: fc.integer({ min: 100, max: 10_000 }),
  k: fc.integer({ min: 1, max: 50 }),
  d: fc.integer({ min: 20, max: 2000 }),
  noise: evenly(0, 0.9),
})

test('amplitudes 1: ½ + τ²·L, τ² = k/(d(1 − η)); without noise the threshold that the paper’s model has', () => {
  fc.assert(
    fc.property(shapes, ({ N, k, d, noise }) => {
      const variance = k / (d * (1 - noise))
      const bar = mapBar({ N, k, d }, noise, 'constant')
      expect(bar).toBeCloseTo(0.5 + variance * Math.log((N - k) / k), 12)
      expect(mapBar({ N, k, d }, 0, 'constant')).toBe(mapThreshold(N, k, d))
      expect(logRatioOf({ N, k, d }, noise, 'constant')(bar)).toBeCloseTo(logOddsAgainst(N, k), 8)
    }),
    { seed: 1 },
  )
})

/** ln E e^((as − a²/2)/τ²) by a fine grid of equally likely amplitudes, summed from the largest term. */
function byGrid(law: string, s: number, variance: number): number {
  const { quantile } = parseAmplitudes(law)
  const size = 50_000
  const terms = Array.from({ length: size }, (_, i) => {
    const a = quantile((i + 0.5) / size)
    return (a * s - (a * a) / 2) / variance
  })
  const most = terms.reduce((a, b) => Math.max(a, b))
  return most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0) / size)
}

test.each(['half-normal', 'exponential', 'uniform:0.5'])(
  '%s: the log ratio grows with the score, and is that of a fine grid',
  (law) => {
    for (const [k, d, noise] of [
      [8, 400, 0],
      [32, 768, 0.1],
      [4, 30, 0.5],
    ]) {
      const ratio = logRatioOf({ N: 1000, k, d }, noise, law)
      const scores = [-0.5, 0, 0.3, 0.9, 1.6]
      scores.forEach((s, i) => {
        expect(ratio(s)).toBeCloseTo(byGrid(law, s, k / (d * (1 - noise))), 3)
        if (i > 0) expect(ratio(s)).toBeGreaterThan(ratio(scores[i - 1]))
      })
    }
  },
)

test('the bar is where the ratio meets the odds against a codeword, whichever was asked for before', () => {
  fc.assert(
    fc.property(shapes, fc.constantFrom('half-normal', 'lognormal:0.5'), ({ N, k, d, noise }, law) => {
      const bar = mapBar({ N, k, d }, noise, law)
      expect(logRatioOf({ N, k, d }, noise, law)(bar)).toBeCloseTo(logOddsAgainst(N, k), 5)
      const other = mapBar({ N, k, d: 2 * d }, noise, law)
      expect(other).not.toBe(bar)
      expect(mapBar({ N, k, d }, noise, law)).toBe(bar)
    }),
    { seed: 2, numRuns: 10 },
  )
})

test('a score is found wherever it lies', () => {
  for (const against of [-1000, -3, 0, 0.5, 7, 1000]) {
    expect(scoreAt((s) => s, against)).toBeCloseTo(against, 7)
    expect(scoreAt((s) => s ** 3 / 100, against)).toBeCloseTo(Math.cbrt(100 * against), 6)
  }
})
