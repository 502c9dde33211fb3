import { legendre } from '../../numerics/legendre.js'

/** Nodes a panel. */
const ORDER = 8
const RULE = legendre(ORDER)
const AT = Float64Array.from(RULE.nodes, (x) => (1 + x) / 2)
const WEIGHT = Float64Array.from(RULE.weights, (w) => w / 2)

/** Nodes and weights of a quadrature over part of the line; may be filled again. */
export class Panels {
  at = new Float64Array(64 * ORDER)
  weight = new Float64Array(64 * ORDER)
  length = 0

  /**
   * Quadrature over [low, high] in panels that end at the breaks, ascending, and are as wide as `width` says at their
   * left ends: positive, and changing by less than its argument does.
   */
  fill(low: number, high: number, width: (x: number) => number, breaks: readonly number[] = []): this {
    this.length = 0
    let x = low
    for (let b = 0; b <= breaks.length; b++) {
      const end = b < breaks.length ? Math.min(breaks[b], high) : high
      while (x < end) {
        const next = Math.min(end, x + width(x))
        // A sliver before a break is no panel of its own.
        const stop = end - next < 0.1 * (next - x) ? end : next
        this.#add(x, stop - x)
        x = stop
      }
    }
    return this
  }

  #add(start: number, width: number): void {
    if (this.length + ORDER > this.at.length) this.#grow()
    for (let n = 0; n < ORDER; n++) {
      this.at[this.length] = start + width * AT[n]
      this.weight[this.length++] = width * WEIGHT[n]
    }
  }

  #grow(): void {
    const larger = (from: Float64Array) => {
      const to = new Float64Array(2 * from.length)
      to.set(from)
      return to
    }
    this.at = larger(this.at)
    this.weight = larger(this.weight)
  }
}
