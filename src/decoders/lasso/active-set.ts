import { Cholesky } from '../../numerics/cholesky.js'
import { type Column, Restricted } from './restricted.js'

/** The part of the violated conditions whose weights become free together, the worst ones. */
const BLOCK = 0.25

/**
 * The exact minimum by an active set (Lawson & Hanson 1974, chapter 23; with upper bounds Stark & Parker 1995).
 * Weights off their bounds are free, and the Gram matrix of their columns is factored. A step goes to the minimum
 * over them, or to the first bound on the way, which holds from then on; at the minimum the weights whose conditions
 * are most violated become free. The objective falls with every step, so there are finitely many. Steps are solves
 * with the factor, O(n(n + d)) for n free weights.
 */
export class ActiveSet extends Restricted {
  /** In the order of the factor. */
  readonly #free: Column[] = []
  readonly #factor = new Cholesky()

  minimise(lambda: number, tolerance: number, limit: number): boolean {
    const end = this.steps + limit
    this.#settle(lambda)
    while (this.steps < end) {
      const violated = this.#mostViolated(lambda, tolerance)
      if (violated.length > 0) this.#release(violated)
      else if (this.#free.every((column) => Math.abs(this.slope(column, lambda)) <= tolerance)) return true
      this.#settle(lambda)
    }
    return false
  }

  /** To the minimum over the free weights, fewer with each bound on the way; the residual follows. */
  #settle(lambda: number): void {
    let slopes = this.#free.map((column) => this.slope(column, lambda))
    for (;;) {
      this.steps++
      const { length, blocking } = this.#advance(this.#factor.solve(slopes), 1)
      if (blocking < 0) break
      slopes = slopes.toSpliced(blocking, 1).map((slope) => (1 - length) * slope)
    }
    this.refresh()
  }

  /** At a bound, with the most violated conditions, the worst first. */
  #mostViolated(lambda: number, tolerance: number): Column[] {
    const free = new Set(this.#free)
    const violated: { column: Column; by: number }[] = []
    for (const column of this.columns) {
      if (free.has(column)) continue
      const slope = this.slope(column, lambda)
      const by = column.weight === 0 ? slope : -slope
      if (by > tolerance) violated.push({ column, by })
    }
    violated.sort((a, b) => b.by - a.by)
    return violated.slice(0, Math.ceil(BLOCK * violated.length)).map(({ column }) => column)
  }

  /** Make the first of these weights free, and of the others those whose columns are independent. */
  #release(columns: readonly Column[]): void {
    const [first, ...others] = columns
    if (!this.#append(first, this.#gram(first))) this.#exchange(first)
    else for (const column of others) this.#append(column, this.#gram(column))
  }

  /** Inner products with the free columns. */
  #gram({ codeword }: Column): number[] {
    return this.#free.map((other) => other.codeword.inner(codeword))
  }

  /** Unless it depends on the free ones. */
  #append(column: Column, gram: readonly number[]): boolean {
    if (!this.#factor.append(gram, column.codeword.norm)) return false
    this.#free.push(column)
    return true
  }

  /**
   * Release a column that depends on the free ones: those give way along the dependence, on which the residual stays,
   * until one is at a bound and the rest independent of it; or until its own weight is at its other bound.
   */
  #exchange(column: Column): void {
    const direction = column.weight === 0 ? 1 : -1
    for (let gram = this.#gram(column); !this.#append(column, gram); gram = this.#gram(column)) {
      const room = direction > 0 ? this.upper - column.weight : column.weight
      const dependence = this.#factor.solve(gram).map((entry) => -direction * entry)
      const { length, blocking } = this.#advance(dependence, room)
      column.weight += direction * length
      if (blocking < 0) {
        column.weight = direction > 0 ? this.upper : 0
        break
      }
    }
    this.refresh()
  }

  /**
   * Move the free weights `length` along a direction, or to the first bound on it, which then holds: how far it was,
   * and which.
   */
  #advance(direction: Float64Array, length: number): { length: number; blocking: number } {
    let blocking = -1
    direction.forEach((slope, m) => {
      const { weight } = this.#free[m]
      const room = slope < 0 ? -weight / slope : slope > 0 ? (this.upper - weight) / slope : Infinity
      if (room < length) {
        length = room
        blocking = m
      }
    })
    this.#free.forEach((column, m) => {
      column.weight += length * direction[m]
    })
    if (blocking >= 0) {
      this.#free[blocking].weight = direction[blocking] < 0 ? 0 : this.upper
      this.#free.splice(blocking, 1)
      this.#factor.remove(blocking)
    }
    return { length, blocking }
  }
}
