import { requireNumber, shown } from '../io/arguments.js'

/** An integer, or the integers from min to max; where a bound is left out, the default stands. @since 0.1.0 */
export type Range = number | { readonly min?: number; readonly max?: number }

export interface Bounds {
  readonly min: number
  readonly max: number
}

/** The range with its defaults filled in. Throws RangeError unless least ≤ min ≤ max are integers. */
export function rangeBounds(name: string, range: Range | undefined, least: number, fallback: Bounds): Bounds {
  const given = typeof range === 'number' ? { min: range, max: range } : (range ?? {})
  if (typeof given !== 'object' || Array.isArray(range) || range === null) {
    throw new RangeError(`${name} must be an integer or {min, max}, not ${shown(range)}`)
  }
  const min = given.min ?? Math.min(fallback.min, given.max ?? Infinity)
  const max = given.max ?? Math.max(fallback.max, min)
  requireNumber(`the min of ${name}`, min)
  requireNumber(`the max of ${name}`, max)
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min < least || max < min) {
    throw new RangeError(`${name} takes integers ${least} ≤ min ≤ max, not min = ${min}, max = ${max}`)
  }
  return { min, max }
}
