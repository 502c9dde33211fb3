import { InvalidArgumentError } from 'commander'
import { MOST_WORKERS } from '../io/most-workers.js'
import { integerFromText } from '../io/parse-integer.js'

/** An integer ≥ 0 written plainly or as a power: 1048576, 2^20, 10^100. Beyond 2^53 it is the nearest double. */
export const parseInteger = integerFrom(0)

/** A count: an integer ≥ 1. */
export const parseCount = integerFrom(1)

/** A number of threads or processes. */
export const parseWorkers = integerFrom(1, MOST_WORKERS)

/** A time in milliseconds: at most a day, since timers know no more than three weeks. */
export const parseMilliseconds = integerFrom(1, 86_400_000)

/** A time in seconds: at most a day. */
export const parseSeconds = integerFrom(1, 86_400)

/** A number strictly between 0 and 1. */
export function parseFraction(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError(`'${text}' is not a number between 0 and 1.`)
  return value
}

/** A positive number. */
export function parsePositive(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value > 0 && value < Infinity)) throw new InvalidArgumentError(`'${text}' is not a positive number.`)
  return value
}

function integerFrom(least: number, most = Infinity): (text: string) => number {
  const range = most < Infinity ? `from ${least} to ${most}` : `of ${least} or more, like 1048576 or 2^20`
  return (text) => {
    const value = integerFromText(text)
    if (value >= least && value <= most) return value
    const large = Number.isNaN(value) && /^\d+(\^\d+)?$/.test(text.trim())
    throw new InvalidArgumentError(`'${text}' is ${large ? 'too large' : `not an integer ${range}`}.`)
  }
}
