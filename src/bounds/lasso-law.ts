import type { Bound } from './bound.js'
import { logOutside } from './parameters.js'

/**
 * d = 2k ln(N − k): where the LASSO jumps from failing to finding the support as N grows, sharp for Gaussian dictionaries
 * (Wainwright 2009, "Sharp Thresholds for High-Dimensional and Noisy Sparsity Recovery Using ℓ1-Constrained Quadratic
 * Programming (Lasso)", IEEE Trans. Information Theory 55). 0 for k = 0 and N − k ≤ 1.
 */
export function lassoLaw(N: number, k: number): number {
  return 2 * k * logOutside(N, k)
}

export const lasso: Bound = {
  id: 'lasso-law',
  kind: 'asymptote',
  decoder: 'bpdn',
  source: 'Wainwright 2009',
  statement: 'The LASSO finds the support from d = 2k ln(N − k) on, and not below, as N grows',
  dimension: ({ N, k }) => lassoLaw(N, k),
}
