import { requireNumber } from '../io/arguments.js'
import { exactText } from '../io/quantity-text.js'

/** Throws a RangeError unless `value` lies strictly between 0 and 1. */
export function requireProbability(name: string, value: number): void {
  requireNumber(name, value)
  if (!(value > 0 && value < 1))
    throw new RangeError(`${name} must lie strictly between 0 and 1, not ${value}`)
}

/** Throws a RangeError unless `value` is an error probability that a test can work with, in (0, ½]. */
export function requireErrorProbability(name: string, value: number): void {
  requireNumber(name, value)
  if (!(value > 0 && value <= 0.5)) throw new RangeError(`${name} must lie in (0, 0.5], not ${value}`)
}

/** Throws a RangeError unless `value` is an integer of at least `least`, exact as a double. */
export function requireCount(name: string, value: number, least = 0): void {
  requireNumber(name, value)
  if (Number.isSafeInteger(value) && value >= least) return
  const range = value > least && Number.isInteger(value) ? 'of less than 2^53' : `of at least ${least}`
  throw new RangeError(`${name} must be an integer ${range}, not ${exactText(value)}`)
}

/** Throws a RangeError unless 0 ≤ successes ≤ trials, both integers. */
export function requireOutcomes(successes: number, trials: number): void {
  requireCount('trials', trials)
  requireCount('successes', successes)
  if (successes > trials)
    throw new RangeError(`successes must be at most trials, ${trials}, not ${successes}`)
}

/** Throws a RangeError unless `value` lies in [0, 1]. */
export function requireUnitValue(name: string, value: number): void {
  requireNumber(name, value)
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie in [0, 1], not ${value}`)
}
