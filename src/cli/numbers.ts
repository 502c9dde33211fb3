import { InvalidArgumentError } from 'commander'
import { integerFromText } from '../io/parse-integer.js'
import { MOST_WORKERS } from '../success/workers/most-workers.js'

/** An integer ≥ 0 written plainly or as a power: 1048576, 2^20, 10^100. Beyond 2^53 it is the nearest double. */
export function parseInteger(text: string): number {
  const value = integerFromText(text)
  if (Number.isNaN(value)) throw new InvalidArgumentError(`'${text}' is not an integer like 1048576 or 2^20.`)
  return value
}

/** A count: an integer ≥ 1. */
export function parseCount(text: string): number {
  const value = parseInteger(text)
  if (value < 1) throw new InvalidArgumentError(`'${text}' is not an integer of 1 or more.`)
  return value
}

/** A count of at most this. */
const parseCountTo =
  (most: number) =>
  (text: string): number => {
    const value = parseCount(text)
    if (value > most) throw new InvalidArgumentError(`'${text}' is more than ${most}.`)
    return value
  }

/** A number of threads or processes. */
export const parseWorkers = parseCountTo(MOST_WORKERS)

/** A time in milliseconds: at most a day, since timers know no more than three weeks. */
export const parseMilliseconds = parseCountTo(86_400_000)

/** A time in seconds: at most a day. */
export const parseSeconds = parseCountTo(86_400)

/** A number strictly between 0 and 1. */
export function parseFraction(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError(`'${text}' is not a number between 0 and 1.`)
  return value
}
