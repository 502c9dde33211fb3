import { Codeword } from '../../kernels/codeword.js'
import { addScaled } from '../../numerics/add-scaled.js'
import { innerUnordered } from '../../numerics/inner.js'

/** A codeword with a sign, and its coefficient. */
export interface Column {
  /** i. */
  readonly index: number
  readonly sign: number
  /** sign·f_i. */
  readonly codeword: Codeword
  /** Between 0 and the upper bound, and exactly there where it is at a bound. */
  weight: number
}

/**
 * The problem min ½‖x − Σ y_m a_m‖² + λ Σ y_m over 0 ≤ y ≤ upper, with signed codewords a_m that may grow in number,
 * and the point that has been reached. How to go to the minimum is up to the solver.
 */
export abstract class Restricted {
  readonly columns: Column[] = []
  /** x − Σ y_m a_m. */
  residual: Float64Array
  /** What has been done so far, in the solver's unit. */
  steps = 0
  protected readonly upper: number
  readonly #code: Float64Array

  constructor(code: Float64Array, upper: number) {
    this.#code = code
    this.residual = code.slice()
    this.upper = upper
  }

  /** Admit ±f_i at weight 0. */
  add(index: number, sign: number, codeword: Float64Array): void {
    const signed = new Codeword(codeword.map((entry) => sign * entry))
    this.columns.push({ index, sign, codeword: signed, weight: 0 })
  }

  /**
   * Go to the minimum over the columns that there are: no optimality condition is violated by more than `tolerance`,
   * in the units of λ. False when `limit` steps were not enough.
   */
  abstract minimise(lambda: number, tolerance: number, limit: number): boolean

  /** ⟨a, residual⟩ − λ: minus the derivative of the objective. */
  protected slope({ codeword }: Column, lambda: number): number {
    return innerUnordered(codeword.entries, this.residual) - lambda
  }

  /** Compute the residual from the weights. */
  protected refresh(): void {
    const used = this.columns.filter(({ weight }) => weight !== 0)
    const rest = this.#code.slice()
    // Four columns at a time: memory is what this waits for.
    let m = 0
    for (; m + 3 < used.length; m += 4) {
      const four = used.slice(m, m + 4)
      const [a, b, c, e] = four.map(({ codeword }) => codeword.entries)
      const [s, t, u, v] = four.map(({ weight }) => weight)
      for (let j = 0; j < rest.length; j++) rest[j] -= s * a[j] + t * b[j] + (u * c[j] + v * e[j])
    }
    for (const { weight, codeword } of used.slice(m)) addScaled(rest, -weight, codeword.entries)
    this.residual = rest
  }
}
