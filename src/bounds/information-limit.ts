import type { Bound } from './bound.js'
import { checkSubset } from './parameters.js'

/**
 * d = 2k ln(N/k)/ln k: the information limit of sums of signs as k and N/k grow, that of quantitative group testing
 * (Djackov 1975; Reeves, Xu & Zadik 2020 have the jump for Gaussian dictionaries with noise). NaN for k < 2, where it
 * says nothing; 0 at k = N.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function informationLimit(N: number, k: number): number {
  checkSubset(N, k)
  return k < 2 ? Number.NaN : (2 * k * Math.log(N / k)) / Math.log(k)
}

export const informationTheoretic: Bound = {
  id: 'information-limit',
  kind: 'asymptote',
  decoder: 'maximum-likelihood',
  level: 'even',
  source: 'Quantitative group testing; Section 3.5',
  statement:
    'The dimension at which ideal decoding jumps tends to 2k ln(N/k)/ln k, in ratio, as k and N/k grow',
  dimension: ({ N, k }) => informationLimit(N, k),
  silent: ({ k }) => (k < 2 ? 'its ln k says nothing of k < 2' : undefined),
}
