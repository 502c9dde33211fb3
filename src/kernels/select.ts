import type { Selected, Wanted } from './sign-matrix.js'

/** Of all scores those that are wanted. */
export function select(scores: ArrayLike<number>, { low, high, also }: Wanted): Selected {
  const asked = new Set(Array.from(also))
  const indices: number[] = []
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] <= low || scores[i] >= high || asked.has(i)) indices.push(i)
  }
  return { indices: Int32Array.from(indices), scores: Float64Array.from(indices, (i) => scores[i]) }
}
