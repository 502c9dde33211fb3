import { addScaled } from '../../numerics/add-scaled.js'
import { type Column, Restricted } from './restricted.js'

/**
 * Cyclic coordinate descent (Friedman, Hastie & Tibshirani 2010): each weight in turn goes to its own minimum. Sweeps
 * over the weights off zero follow a sweep over all until they change nothing more. Steps are sweeps.
 *
 * The objective never grows. Convergence is linear, and slow where the columns in use nearly depend on each other.
 */
export class CoordinateDescent extends Restricted {
  minimise(lambda: number, tolerance: number, limit: number): boolean {
    const end = this.steps + limit
    while (this.steps < end) {
      if (this.#sweep(this.columns, lambda, tolerance)) return true
      const used = this.columns.filter(({ weight }) => weight > 0)
      while (this.steps < end && !this.#sweep(used, lambda, tolerance)) {}
    }
    return false
  }

  /** True when no condition was violated by more than the tolerance. */
  #sweep(columns: readonly Column[], lambda: number, tolerance: number): boolean {
    this.steps++
    let settled = true
    for (const column of columns) {
      const { weight, codeword } = column
      const slope = this.slope(column, lambda)
      const best = Math.min(this.upper, Math.max(0, weight + slope / codeword.norm))
      if (best === weight) continue
      if (Math.abs(slope) > tolerance) settled = false
      column.weight = best
      addScaled(this.residual, weight - best, codeword.entries)
    }
    return settled
  }
}
