import { requireInteger, requirePositive } from '../io/arguments.js'
import { exactText } from '../io/quantity-text.js'
import { requireProbability } from '../statistics/ranges.js'

/** What a bound is asked for. @since 0.1.0 */
export interface Parameters {
  /** Number of codewords, an integer ≥ 1; a double, so up to 1e100 and beyond. */
  readonly N: number
  /** Size of the encoded subset, an integer in [0, N]. */
  readonly k: number
  /** Failure probability that is allowed, in (0, 1). */
  readonly p: number
}

/** p unless given. */
export const FAILURE = 0.01

/** Throws RangeError unless N is an integer ≥ 1 and k an integer in [0, N]. */
export function checkSubset(N: number, k: number): void {
  requireInteger('N', N, 1)
  requireInteger('k', k, 0)
  if (k > N) throw new RangeError(`k must be at most N = ${exactText(N)}, not ${exactText(k)}`)
}

/** Throws RangeError unless p lies strictly between 0 and 1. */
export function checkProbability(p: number, name = 'p'): void {
  requireProbability(name, p)
}

/** Throws RangeError unless x is a positive finite number. Laws take real dimensions, so d is checked by this. */
export function checkPositive(x: number, name: string): void {
  requirePositive(name, x)
}

/** Throws RangeError unless all of N, k and p are in range. */
export function checkParameters({ N, k, p }: Parameters): void {
  checkSubset(N, k)
  checkProbability(p)
}

/** Why a law in ln(N − k) says nothing where k > 0 and fewer than two codewords are outside of the subset. */
export const fewOutside = ({ N, k }: Parameters): string | undefined =>
  k > 0 && N - k < 2 ? 'ln(N − k) says nothing of fewer than two codewords outside of the subset' : undefined

/** ln(N − k), the logarithm of the number of codewords outside the subset; 0 where there is none. Checks N and k. */
export function logOutside(N: number, k: number): number {
  checkSubset(N, k)
  return Math.log(Math.max(1, N - k))
}
