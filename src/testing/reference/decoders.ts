import { matrix, multiply, transpose } from 'mathjs'

/**
 * The decoders as their definitions read, on small integer matrices: F is d × N with entries ±1 (√d times the
 * dictionary), x = Fy. They are what the fast decoders are held to.
 */

const scoresOf = (F: number[][], x: number[]): number[] =>
  multiply(transpose(matrix(F)), matrix(x)).toArray() as number[]

/** Definition 1: i is in Ŷ iff ⟨f_i, X⟩ ≥ τ, where ⟨f_i, X⟩ = ⟨F_i, x⟩/d rounded once. */
export function thresholdReference(F: number[][], x: number[], tau = 0.5): number[] {
  const d = F.length
  return scoresOf(F, x).flatMap((score, i) => (score / d >= tau ? [i] : []))
}

/** Definition 2: the k indices with the largest ⟨f_i, X⟩; ties to the lower index, as the sort is stable. */
export function topKReference(F: number[][], x: number[], k: number): number[] {
  return scoresOf(F, x)
    .map((score, i) => ({ score, i }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ i }) => i)
}

/** Section 3.5: y = 0; k times, add 1 to the coordinate whose codeword has the largest inner product with x − Fy. */
export function matchingPursuitReference(F: number[][], x: number[], k: number): number[] {
  const y: number[] = new Array(F[0].length).fill(0)
  for (let t = 0; t < k; t++) {
    const Fy = multiply(matrix(F), matrix(y)).toArray() as number[]
    const scores = scoresOf(
      F,
      x.map((entry, j) => entry - Fy[j]),
    )
    y[scores.indexOf(Math.max(...scores))] += 1
  }
  return y.flatMap((count, i) => (count > 0 ? [i] : []))
}
