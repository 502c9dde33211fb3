import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import type { RateVerdict } from '../statistics/rate-rule.js'
import type { BaselineCell } from './baseline/baseline.js'
import type { BracketSide } from './bracket.js'
import { driftOf } from './drift.js'

const side = (d: number, point: number, verdict: RateVerdict = 'undecided', trials = 1000): BracketSide => ({
  d,
  verdict,
  trials,
  rate: { point, interval: [0, 1], confidence: 0.99 },
  values: [],
})

const cell = (dimension: number, steepness: number, target = 0.5) =>
  ({ dimension, steepness, target }) as BaselineCell

test('the estimate is the drift of a decoder whose log-odds of success grow with ln d as recorded', () => {
  fc.assert(
    fc.property(
      evenly(-0.15, 0.15),
      evenly(2, 12),
      fc.constantFrom(0.5, 0.9),
      fc.integer({ min: 100, max: 5000 }),
      (drift, steepness, target, trials) => {
        const dimension = 400
        const odds = (d: number) => (target / (1 - target)) * (d / (dimension * (1 + drift))) ** steepness
        const at = (d: number) => side(d, odds(d) / (1 + odds(d)), 'undecided', trials)
        const { estimate } = driftOf(cell(dimension, steepness, target), {
          verdict: 'undecided',
          lower: at(392),
          upper: { ...at(408), trials: 2 * trials },
        })
        expect(estimate).toBeCloseTo(drift, 9)
      },
    ),
    { seed: 1, numRuns: 50 },
  )
})

test('without ten outcomes in the balance there is no estimate, and the side that has them counts alone', () => {
  const none = driftOf(cell(400, 8), { verdict: 'undecided', lower: side(392, 0.004), upper: side(408, 1) })
  expect(none).toEqual({})
  const one = driftOf(cell(400, 8), { verdict: 'undecided', lower: side(392, 0), upper: side(408, 0.5) })
  expect(one.estimate).toBeCloseTo(0.02, 12)
})

test('what is shown is the nearest dimension that the verdicts leave', () => {
  const shown = (lower: RateVerdict, upper: RateVerdict) => {
    const { above, below } = driftOf(cell(400, 8), {
      verdict: 'undecided',
      lower: side(392, 0, lower),
      upper: side(408, 1, upper),
    })
    return { above, below }
  }
  expect(shown('below', 'above')).toEqual({ above: expect.closeTo(-0.02), below: expect.closeTo(0.02) })
  expect(shown('below', 'below')).toEqual({ above: expect.closeTo(0.02), below: undefined })
  expect(shown('above', 'above')).toEqual({ above: undefined, below: expect.closeTo(-0.02) })
  expect(shown('undecided', 'undecided')).toEqual({ above: undefined, below: undefined })
})
