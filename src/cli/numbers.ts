import { InvalidArgumentError } from 'commander'
import { integerFromText } from '../io/parse-integer.js'

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

/** A number strictly between 0 and 1. */
export function parseFraction(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError(`'${text}' is not a number between 0 and 1.`)
  return value
}
