import { matrix, multiply, transpose } from 'mathjs'

/**
 * The decoders as their definitions read, on small integer matrices: F is d × N with entries ±1 (√d times the
 * dictionary), x = Fy, or any integers: codewords of whatever norm are then ranked by the drop in squared error. They
 * are what the fast decoders are held to.
 */

/** ⟨F_i, x⟩ − (‖F_i‖² − unit)/2, `unit` the squared norm of a codeword of norm 1: where all have it, ⟨F_i, x⟩. */
function scoresOf(F: number[][], x: number[], unit: number): number[] {
  const products = multiply(transpose(matrix(F)), matrix(x)).toArray() as number[]
  return products.map((product, i) => product - (F.reduce((sum, row) => sum + row[i] ** 2, 0) - unit) / 2)
}

/** Definition 1: i is in Ŷ iff ⟨f_i, X⟩ ≥ τ, where ⟨f_i, X⟩ = ⟨F_i, x⟩/d rounded once. */
export function thresholdReference(F: number[][], x: number[], tau = 0.5, unit = F.length): number[] {
  const d = F.length
  return scoresOf(F, x, unit).flatMap((score, i) => (score / d >= tau ? [i] : []))
}

/** Definition 2: the k indices with the largest ⟨f_i, X⟩; ties to the lower index, as the sort is stable. */
export function topKReference(F: number[][], x: number[], k: number, unit = F.length): number[] {
  return scoresOf(F, x, unit)
    .map((score, i) => ({ score, i }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ i }) => i)
}

/** Section 3.5: y = 0; k times, add 1 to the coordinate whose codeword has the largest inner product with x − Fy. */
export function matchingPursuitReference(F: number[][], x: number[], k: number, unit = F.length): number[] {
  const y: number[] = new Array(F[0].length).fill(0)
  for (let t = 0; t < k; t++) {
    const Fy = multiply(matrix(F), matrix(y)).toArray() as number[]
    const scores = scoresOf(
      F,
      x.map((entry, j) => entry - Fy[j]),
      unit,
    )
    y[scores.indexOf(Math.max(...scores))] += 1
  }
  return y.flatMap((count, i) => (count > 0 ? [i] : []))
}
