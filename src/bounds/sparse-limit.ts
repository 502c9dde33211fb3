import type { Bound } from './bound.js'
import { logOddsAgainst } from './map-boundary.js'

/**
 * d = 2k ln((N − k)/k), 0 from k = N/2 on: what both AMP and basis pursuit need divided by what they need at N and k
 * tends to 1 as N/k → ∞ (Donoho, Maleki & Montanari 2009; Donoho & Tanner 2010; Truong 2021 for k that grows slower
 * than any share of N). For AMP sup_s s·E σ(−(s/2 + √s·g − L)) is reached near s = 2L, L = ln((N − k)/k); for basis
 * pursuit the best soft threshold is near √(2L). The limit is reached slowly, from below: at N = 2^20, k = 28 the
 * laws are 0.55 and 0.73 of it, at N = 10^100 0.81 and 0.97.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function sparseLimit(N: number, k: number): number {
  return k === 0 ? 0 : 2 * k * Math.max(0, logOddsAgainst(N, k))
}

const row = {
  kind: 'asymptote',
  level: 'even',
  dimension: ({ N, k }: { N: number; k: number }) => sparseLimit(N, k),
  silent: ({ N, k }: { N: number; k: number }) => (2 * k >= N ? 'it is a limit for k ≪ N' : undefined),
} as const

export const ampSparseLimit: Bound = {
  ...row,
  id: 'amp-sparse-limit',
  decoder: 'amp-bernoulli',
  source: 'Donoho, Maleki & Montanari 2009; Truong 2021',
  statement: 'The even odds of AMP tend to 2k ln(N/k), in ratio, as N/k grows',
}

export const basisPursuitSparseLimit: Bound = {
  ...row,
  id: 'basis-pursuit-sparse-limit',
  decoder: 'bpdn',
  source: 'Donoho & Tanner 2010',
  statement: 'The even odds of basis pursuit tend to 2k ln(N/k), in ratio, as N/k grows',
}
