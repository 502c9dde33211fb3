import type { Estimate } from './estimate.js'
import { type Moments, momentsOf } from './moments.js'
import { requireCount, requireProbability, requireUnitValue } from './ranges.js'

/**
 * Finite-sample interval for the mean of independent, identically distributed values in [0, 1], by the
 * empirical Bernstein bound (Maurer & Pontil 2009, Theorem 4): half-width √(2 V ln(4/α)/n) + 7 ln(4/α)/(3(n −
 * 1)), V the sample variance. Holds with at least the stated confidence whatever the distribution.
 *
 * @param sample at least two values, or their moments; the number of values must be fixed in advance
 */
export function empiricalBernsteinInterval(sample: Moments | Iterable<number>, confidence: number): Estimate {
  const { count, mean, m2 } = sampleMoments(sample)
  requireProbability('confidence', confidence)
  const level = Math.log(4 / (1 - confidence))
  const half = Math.sqrt((2 * m2 * level) / (count * (count - 1))) + (7 * level) / (3 * (count - 1))
  return { point: mean, interval: [Math.max(0, mean - half), Math.min(1, mean + half)], confidence }
}

function sampleMoments(sample: Moments | Iterable<number>): Moments {
  const moments = Symbol.iterator in sample ? momentsOf(checked(sample)) : sample
  requireCount('number of values', moments.count, 2)
  requireUnitValue('mean', moments.mean)
  return moments
}

function* checked(values: Iterable<number>): Generator<number> {
  for (const value of values) {
    requireUnitValue('value', value)
    yield value
  }
}
