import { exactText } from './quantity-text.js'

/** What a value is, in a message that refuses it: `NaN`, `the string '12'`, `a list`; one short line. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string '${JSON.stringify(value.slice(0, 40)).slice(1, -1)}'`
    case 'number':
      return exactText(value)
    case 'bigint':
      return `the bigint ${String(value).slice(0, 40)}`
    case 'function':
    case 'symbol':
      return `a ${typeof value}`
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) || ArrayBuffer.isView(value) ? 'a list' : 'an object'
    default:
      return String(value)
  }
}

/**
 * Throws RangeError unless the value is a number, of any size or NaN: what it must be besides is for the caller to
 * say.
 */
export function requireNumber(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number') throw new RangeError(`${name} must be a number, not ${shown(value)}`)
}

/** Throws RangeError unless the value is a number, which may be infinite. */
export function requireReal(name: string, value: unknown): asserts value is number {
  requireNumber(name, value)
  if (Number.isNaN(value)) throw new RangeError(`${name} must be a number or ±Infinity, not NaN`)
}

/** Throws RangeError unless the value is a finite number. */
export function requireFinite(name: string, value: unknown): asserts value is number {
  requireNumber(name, value)
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number, not ${value}`)
}

/** Throws RangeError unless the value is a positive finite number. */
export function requirePositive(name: string, value: unknown): asserts value is number {
  requireNumber(name, value)
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${name} must be a positive number, not ${value}`)
  }
}

/** Throws RangeError unless the value is an integer from `least` to `most`. */
export function requireInteger(
  name: string,
  value: unknown,
  least: number,
  most = Infinity,
): asserts value is number {
  requireNumber(name, value)
  if (Number.isInteger(value) && value >= least && value <= most) return
  const range = most < Infinity ? `from ${least} to ${exactText(most)}` : `≥ ${least}`
  throw new RangeError(`${name} must be an integer ${range}, not ${exactText(value)}`)
}

/** Throws RangeError unless the value is true or false. */
export function requireFlag(name: string, value: unknown): asserts value is boolean {
  if (typeof value !== 'boolean') throw new RangeError(`${name} must be true or false, not ${shown(value)}`)
}

/** Throws RangeError unless the value is a function. */
export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new RangeError(`${name} must be a function, not ${shown(value)}`)
}

/** Throws RangeError unless the value is an object. */
export function requireObject(name: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null) {
    throw new RangeError(`${name} must be an object, not ${shown(value)}`)
  }
}

/** Throws RangeError unless the value is a string. */
export function requireString(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new RangeError(`${name} must be a string, not ${shown(value)}`)
}

/** Throws RangeError unless the value is a list of numbers, plain or typed. */
export function requireNumbers(name: string, value: unknown): asserts value is ArrayLike<number> {
  if (ArrayBuffer.isView(value) && 'length' in value) return
  if (!Array.isArray(value)) throw new RangeError(`${name} must be a list of numbers, not ${shown(value)}`)
  for (let j = 0; j < value.length; j++) requireNumber(`entry ${j} of ${name}`, value[j])
}

/** Throws RangeError unless the value is a list of distinct integers in [0, size). */
export function requireIndices(
  name: string,
  value: unknown,
  size: number,
): asserts value is ArrayLike<number> {
  requireNumbers(name, value)
  const seen = new Set<number>()
  for (let m = 0; m < value.length; m++) {
    requireInteger(`entry ${m} of ${name}`, value[m], 0, size - 1)
    if (seen.has(value[m])) throw new RangeError(`${name} holds ${value[m]} twice`)
    seen.add(value[m])
  }
}
