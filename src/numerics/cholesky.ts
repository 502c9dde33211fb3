/** A pivot below this share of its diagonal entry counts as zero: the new column depends on the ones before. */
const DEPENDENT = 1e-10

/**
 * The Cholesky factor L of a symmetric positive definite matrix A = LLᵀ that grows and shrinks by one row and column
 * at a time: n² operations an append or removal, as many a solve.
 */
export class Cholesky {
  readonly #rows: Float64Array[]

  /** @param rows of L, row i of length i + 1 */
  constructor(rows: Float64Array[] = []) {
    this.#rows = rows
  }

  /** Row i of L, length i + 1. */
  get rows(): readonly Float64Array[] {
    return this.#rows
  }

  get size(): number {
    return this.#rows.length
  }

  /**
   * Extend A by a column: its entries against the rows so far, and its diagonal entry. Returns false, with nothing
   * changed, when A would be singular: when the pivot is at most a share of the diagonal entry.
   */
  append(column: ArrayLike<number>, diagonal: number, dependent = DEPENDENT): boolean {
    const row = new Float64Array(this.size + 1)
    let pivot = diagonal
    for (let i = 0; i < this.size; i++) {
      const above = this.#rows[i]
      let entry = column[i]
      for (let j = 0; j < i; j++) entry -= above[j] * row[j]
      row[i] = entry / above[i]
      pivot -= row[i] * row[i]
    }
    if (!(pivot > dependent * diagonal)) return false
    row[this.size] = Math.sqrt(pivot)
    this.#rows.push(row)
    return true
  }

  /** Take row and column `index` out of A: a rank-one update of the factor behind it. */
  remove(index: number): void {
    const [, ...below] = this.#rows.splice(index)
    const carried = below.map((row) => row[index])
    below.forEach((row, m) => {
      const kept = new Float64Array(index + m + 1)
      kept.set(row.subarray(0, index))
      kept.set(row.subarray(index + 1), index)
      this.#rows.push(kept)
    })
    for (let m = 0; m < carried.length; m++) {
      const column = index + m
      const pivot = this.#rows[column][column]
      const length = Math.hypot(pivot, carried[m])
      const c = length / pivot
      const s = carried[m] / pivot
      this.#rows[column][column] = length
      for (let below = m + 1; below < carried.length; below++) {
        const row = this.#rows[index + below]
        row[column] = (row[column] + s * carried[below]) / c
        carried[below] = c * carried[below] - s * row[column]
      }
    }
  }

  /** The x with Lx = rhs. */
  solveLower(rhs: ArrayLike<number>): Float64Array {
    const x = Float64Array.from(rhs)
    for (let i = 0; i < this.size; i++) {
      const row = this.#rows[i]
      let rest = x[i]
      for (let j = 0; j < i; j++) rest -= row[j] * x[j]
      x[i] = rest / row[i]
    }
    return x
  }

  /** The x with Ax = rhs. */
  solve(rhs: ArrayLike<number>): Float64Array {
    const x = this.solveLower(rhs)
    for (let i = this.size - 1; i >= 0; i--) {
      const row = this.#rows[i]
      const entry = x[i] / row[i]
      x[i] = entry
      for (let j = 0; j < i; j++) x[j] -= row[j] * entry
    }
    return x
  }
}
