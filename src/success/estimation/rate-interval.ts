import { capitalAbove, capitalBelow } from '../../statistics/betting.js'
import { bettingInterval } from '../../statistics/betting-interval.js'
import { binomialInterval } from '../../statistics/binomial-interval.js'
import type { Estimate } from '../../statistics/estimate.js'
import { empiricalBernsteinInterval } from '../../statistics/mean-interval.js'

/**
 * How an interval was made. All but one hold with at least their confidence for any number of trials fixed in
 * advance; `control-variates` holds approximately, for many.
 */
export type IntervalRule = 'clopper-pearson' | 'betting' | 'empirical-bernstein' | 'control-variates'

/**
 * Values from which on the empirical Bernstein interval, nearly as short by then, takes the place of the slower
 * betting one.
 */
const MANY = 20_000

/** Whether all values are 0 or 1. */
export const isBinary = (values: ArrayLike<number>): boolean => {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0 && values[i] !== 1) return false
  return true
}

const sum = (values: ArrayLike<number>): number => {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}

/**
 * The interval of a success rate from independent values of trials in [0, 1], at least one: exact (Clopper & Pearson)
 * where all are 0 or 1, by betting or the empirical Bernstein bound where they are conditional probabilities.
 */
export function rateInterval(
  values: ArrayLike<number>,
  confidence: number,
): Estimate & { readonly rule: IntervalRule } {
  const list = Array.from(values)
  if (isBinary(list)) {
    return { ...binomialInterval(sum(list), list.length, confidence), rule: 'clopper-pearson' }
  }
  if (list.length >= MANY)
    return { ...empiricalBernsteinInterval(list, confidence), rule: 'empirical-bernstein' }
  const alpha = 1 - confidence
  return { ...bettingInterval(list, alpha / 2, alpha / 2), confidence, rule: 'betting' }
}

/** ln of what a mixture of bets falls behind its best one. */
export const MIXTURE = 2

/**
 * How strongly values speak for a rate on this side of the target. From 1 on they reject, at level alpha, that the
 * rate is at the target or beyond: by the exact binomial tail where all are 0 or 1, by the betting test otherwise.
 * Below 1 it is roughly the part of the way to there, as a distance of the rate from the target.
 */
export function evidence(
  side: 'below' | 'above',
  values: ArrayLike<number>,
  target: number,
  alpha: number,
): number {
  if (isBinary(values)) {
    const { point, interval } = binomialInterval(sum(values), values.length, 1 - 2 * alpha)
    return side === 'below'
      ? (target - point) / (interval[1] - point)
      : (point - target) / (point - interval[0])
  }
  const capital = side === 'below' ? capitalBelow(target) : capitalAbove(target)
  for (let i = 0; i < values.length; i++) capital.add(values[i])
  return Math.sqrt(Math.max(0, capital.log() + MIXTURE) / (Math.log(1 / alpha) + MIXTURE))
}
