import { BLOCK, columnsFor, shelves } from './layout.js'
import { tableBytes } from './tables.js'

/** Where approximate message passing with a Bernoulli prior stands. */
export interface Messages {
  /** z, length d. */
  readonly residual: Float64Array
  /** ‖z‖²/d: the variance of the noise on the scores that the next step takes. */
  readonly variance: number
  /** Codewords of which y is not zero, ascending, and y there. */
  readonly indices: Int32Array
  readonly values: Float64Array
  /** Σ_i η′(r_i) of the step before. */
  readonly slope: number
}

/** Steps that are asked for: η(r; v) = logistic((r − ½)/v − odds) − dropped where that is positive. */
export interface Passing extends Messages {
  /** X, length d. */
  readonly code: Float64Array
  readonly odds: number
  readonly dropped: number
  /** log odds of `dropped`, and `odds`: η is positive from r = ½ + v·least on. */
  readonly least: number
  /** Codewords whose y stays zero. */
  readonly excluded: readonly number[]
  readonly steps: number
}

/** What the arguments and the scratch of the kernel take, and where each of them stands from `at` on. */
export function passingLayout(at: number, size: number, dimension: number, excluded: number) {
  const { take, end } = shelves(at)
  const columns = columnsFor(dimension)
  const [numbers, counts] = [take(8 * 6), take(4 * 15)]
  const addresses = [
    ...[take(8 * dimension), take(8 * dimension), take(4 * excluded)],
    ...[take(4 * size), take(8 * size), take(4 * size), take(8 * size), take(4 * size)],
    ...[take(64 * columns), take(tableBytes(columns, 1)), take(8 * BLOCK * Math.ceil(columns / 2))],
  ]
  return { numbers, counts, addresses, end: end() }
}

type Layout = ReturnType<typeof passingLayout>

/** Lay the arguments out in the order of the kernel's own structure (assembly/passing.ts). */
export function writePassing(
  buffer: ArrayBuffer,
  { numbers, counts, addresses }: Layout,
  passing: Passing,
): void {
  const { code, residual, variance, indices, values, slope, odds, dropped, least, excluded, steps } = passing
  const d = code.length
  new Float64Array(buffer, numbers, 6).set([variance, slope, odds, dropped, least, Math.sqrt(d)])
  new Uint32Array(buffer, counts, 15).set([indices.length, excluded.length, steps, d, ...addresses])
  const [codeAt, residualAt, excludedAt, indicesAt, valuesAt] = addresses
  new Float64Array(buffer, codeAt, d).set(code)
  new Float64Array(buffer, residualAt, d).set(residual)
  new Uint32Array(buffer, excludedAt, excluded.length).set(excluded)
  new Int32Array(buffer, indicesAt, indices.length).set(indices)
  new Float64Array(buffer, valuesAt, values.length).set(values)
}

export function readPassing(buffer: ArrayBuffer, { numbers, counts }: Layout): Messages {
  const [variance, slope] = new Float64Array(buffer, numbers, 2)
  const [count, , , d, , residualAt, , indicesAt, valuesAt] = new Uint32Array(buffer, counts, 9)
  return {
    residual: new Float64Array(buffer, residualAt, d).slice(),
    variance,
    indices: new Int32Array(buffer, indicesAt, count).slice(),
    values: new Float64Array(buffer, valuesAt, count).slice(),
    slope,
  }
}
