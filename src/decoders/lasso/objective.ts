import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Selected } from '../../kernels/sign-matrix.js'
import { inner } from '../../numerics/inner.js'
import { nameRule } from '../options.js'

/** Which coefficients are allowed: any, y ≥ 0, or 0 ≤ y ≤ 1. @since 0.2.0 */
export type CoefficientRange = 'any' | 'non-negative' | 'unit'

/** How far a score is on the side, or either side, on which it can violate a condition. */
export const sided = (range: CoefficientRange): ((score: number) => number) =>
  range === 'any' ? Math.abs : (score) => score
export const rangeRule = nameRule<CoefficientRange>('any', 'non-negative', 'unit')

/** Largest entry of a code that a solver takes: squares are finite, and rounding is above every λ long before. */
export const LARGEST = 2 ** 100

/** A sparse y. */
export interface Coefficients {
  readonly indices: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** How far a y is from the minimum of ½‖x − Fy‖² + λ‖y‖₁ over its range. */
export interface Optimality {
  readonly objective: number
  /** Objective less a lower bound on the minimum (duality), over the objective; 0 and up. */
  readonly gap: number
  /** Largest violation of an optimality condition, relative to λ; 0 and up. */
  readonly violation: number
}

/** x − Fy. */
export function remainder(
  many: BatchedDictionary,
  code: Float64Array,
  { indices, values }: Coefficients,
): Float64Array {
  const encoded = many.combine(indices, values)
  return code.map((entry, j) => entry - encoded[j])
}

/** A lower bound on the minimum. */
export interface Dual {
  readonly value: number
  /** Largest score, |⟨f_i, r⟩| or for y ≥ 0 ⟨f_i, r⟩; 0 and up. */
  readonly most: number
}

/**
 * A lower bound on the minimum from any residual r and its scores Fᵀr, by duality: ½‖x‖² − ½‖x − u‖² for u with
 * |⟨f_i, u⟩| ≤ λ (⟨f_i, u⟩ ≤ λ where y ≥ 0), of which the multiple of r that just fits is taken. Where 0 ≤ y ≤ 1 the
 * excess over λ is no constraint but a cost, Σ (⟨f_i, u⟩ − λ)₊, and u is r.
 * @param scores all of them, in any order, or any of them among which are those beyond λ.
 */
export function dual(
  code: Float64Array,
  residual: Float64Array,
  scores: Float64Array,
  lambda: number,
  range: CoefficientRange,
): Dual {
  const signed = range === 'any'
  let [most, excess] = [0, 0]
  for (let i = 0; i < scores.length; i++) {
    const score = signed ? Math.abs(scores[i]) : scores[i]
    most = Math.max(most, score)
    excess += Math.max(0, score - lambda)
  }
  const scale = range === 'unit' || most <= lambda ? 1 : lambda / most
  const value = scale * inner(code, residual) - (scale * scale * inner(residual, residual)) / 2
  return { value: range === 'unit' ? value - excess : value, most }
}

/**
 * Judge a y by its residual r = x − Fy and those of the scores Fᵀr that are beyond λ or where y is not zero; others
 * may come with them.
 */
export function optimality(
  code: Float64Array,
  residual: Float64Array,
  { indices: scored, scores }: Selected,
  { indices, values }: Coefficients,
  lambda: number,
  range: CoefficientRange,
): Optimality {
  const weights = new Map<number, number>()
  let norm = 0
  for (let m = 0; m < indices.length; m++) {
    norm += Math.abs(values[m])
    if (values[m] !== 0) weights.set(indices[m], values[m])
  }
  let violation = 0
  for (let m = 0; m < scored.length; m++) {
    const weight = weights.get(scored[m])
    if (weight === undefined) {
      violation = Math.max(violation, (range === 'any' ? Math.abs(scores[m]) : scores[m]) - lambda)
    } else {
      const over = Math.sign(weight) * scores[m] - lambda
      violation = Math.max(violation, range === 'unit' && weight >= 1 ? -over : Math.abs(over))
    }
  }
  const objective = inner(residual, residual) / 2 + lambda * norm
  const { value } = dual(code, residual, scores, lambda, range)
  return { objective, gap: Math.max(0, objective - value) / (objective || 1), violation: violation / lambda }
}

/** What a label says of the range. */
export const RANGES: Readonly<Record<CoefficientRange, string>> = {
  any: '',
  'non-negative': ', ≥ 0',
  unit: ', 0 to 1',
}
