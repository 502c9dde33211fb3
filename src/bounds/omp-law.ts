import type { Bound } from './bound.js'
import { fewOutside, logOutside } from './parameters.js'

/**
 * d = 2k ln(N − k): enough for orthogonal matching pursuit as N grows (Fletcher & Rangan 2012, "Orthogonal Matching
 * Pursuit: A Brownian Motion Analysis", IEEE Trans. Signal Processing 60). 0 for k = 0 and N − k ≤ 1.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function ompLaw(N: number, k: number): number {
  return 2 * k * logOutside(N, k)
}

export const ompAsymptote: Bound = {
  id: 'omp-law',
  kind: 'asymptote',
  decoder: 'orthogonal-matching-pursuit',
  source: 'Fletcher & Rangan 2012',
  statement: 'Orthogonal matching pursuit succeeds from d = 2k ln(N − k) on as N grows',
  dimension: ({ N, k }) => ompLaw(N, k),
  silent: fewOutside,
}
