import type { ManyCodes } from '../../codes/many-codes.js'
import { inner } from '../../kernels/inner.js'

/** Which coefficients are allowed: any, y ≥ 0, or 0 ≤ y ≤ 1. */
export type Range = 'any' | 'non-negative' | 'unit'

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
  many: ManyCodes,
  code: Float64Array,
  { indices, values }: Coefficients,
): Float64Array {
  const encoded = many.combine(indices, values)
  return code.map((entry, j) => entry - encoded[j])
}

/**
 * Judge a y by its residual r = x − Fy and the scores Fᵀr.
 *
 * Dual: maximise ½‖x‖² − ½‖x − u‖² over u with |⟨f_i, u⟩| ≤ λ (⟨f_i, u⟩ ≤ λ for y ≥ 0), of which a multiple of r is the point taken; for 0 ≤ y ≤ 1
 * the excess over λ is no constraint but a cost, Σ (⟨f_i, u⟩ − λ)₊, and the point is r.
 */
export function optimality(
  code: Float64Array,
  residual: Float64Array,
  scores: Float64Array,
  { indices, values }: Coefficients,
  lambda: number,
  range: Range,
): Optimality {
  const sided = range === 'any' ? Math.abs : (score: number) => score
  const weights = new Map<number, number>()
  let norm = 0
  for (let m = 0; m < indices.length; m++) {
    norm += Math.abs(values[m])
    if (values[m] !== 0) weights.set(indices[m], values[m])
  }
  let [most, excess, violation] = [0, 0, 0]
  for (let i = 0; i < scores.length; i++) {
    const over = sided(scores[i]) - lambda
    most = Math.max(most, over + lambda)
    if (over <= 0) continue
    excess += over
    if (!weights.has(i)) violation = Math.max(violation, over)
  }
  for (const [i, weight] of weights) {
    const over = Math.sign(weight) * scores[i] - lambda
    violation = Math.max(violation, range === 'unit' && weight >= 1 ? -over : Math.abs(over))
  }
  const left = inner(residual, residual)
  const objective = left / 2 + lambda * norm
  const scale = range === 'unit' || most <= lambda ? 1 : lambda / most
  const dual = scale * inner(code, residual) - (scale * scale * left) / 2 - (range === 'unit' ? excess : 0)
  return {
    objective,
    gap: Math.max(0, objective - dual) / (objective || 1),
    violation: violation / lambda,
  }
}
