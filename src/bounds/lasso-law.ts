import type { Bound } from './bound.js'
import { fewOutside, logOutside } from './parameters.js'

/**
 * d = 2k ln(N − k): where the LASSO with a penalty λ > 0 jumps from failing to having the members as its active set,
 * as N grows, sharp for Gaussian dictionaries. It is no law of `bpdn`, which keeps the k largest coefficients at λ →
 * 0 and so succeeds where basis pursuit does (Wainwright 2009, "Sharp Thresholds for High-Dimensional and Noisy
 * Sparsity Recovery Using ℓ1-Constrained Quadratic Programming (Lasso)", IEEE Trans. Information Theory 55). 0 for k
 * = 0 and N − k ≤ 1.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function lassoLaw(N: number, k: number): number {
  return 2 * k * logOutside(N, k)
}

export const lasso: Bound = {
  id: 'lasso-law',
  kind: 'asymptote',
  decoder: 'lasso-active-set',
  level: 'even',
  source: 'Wainwright 2009',
  statement:
    'The LASSO at λ > 0 has the members as its active set from d = 2k ln(N − k) on, and not below, as ' +
    'N grows; the k largest coefficients have them earlier, as basis pursuit does',
  dimension: ({ N, k }) => lassoLaw(N, k),
  silent: fewOutside,
}
