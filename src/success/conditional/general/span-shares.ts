import { innerUnordered } from '../../../numerics/inner.js'

/** Orthonormal directions: they are added to, and those that are there stay. */
export type Directions = readonly Float64Array[]

/** A codeword of which less than this share is outside a span depends on it. */
const DEPENDENT = 1e-10

/** Signs, and what share of their square is in the span of the first so many of some directions. */
export class SpanShares {
  readonly #signs: Float64Array
  readonly #known = new Map<Directions, number[]>()

  constructor(signs: Float64Array) {
    this.#signs = signs
  }

  /** Their sum over the root of the share outside the span; −∞ where nothing is. */
  rank(sum: number, directions: Directions, count: number): number {
    if (count === 0) return sum
    const outside = 1 - this.#within(directions, count)
    return outside > DEPENDENT ? sum / Math.sqrt(outside) : -Infinity
  }

  #within(directions: Directions, count: number): number {
    const shares = this.#known.get(directions) ?? [0]
    for (let s = shares.length - 1; s < count; s++) {
      shares.push(shares[s] + innerUnordered(directions[s], this.#signs) ** 2 / this.#signs.length)
    }
    this.#known.set(directions, shares)
    return shares[count]
  }
}
