import { lastValue } from '../numerics/last-value.js'
import { logNormalTail, normalDensity } from '../statistics/normal.js'
import type { Bound } from './bound.js'
import { dimensionAt, type Outcome } from './outcome.js'
import { checkPositive, checkSubset } from './parameters.js'
import { topKLaw } from './top-k-law.js'

/**
 * Success and failure of top-k decoding, taking all scores as independent and Gaussian (as in `thresholdFinite`):
 * P(success) = E (1 − Q(m√(d/k)))^(N − k) over m, the least of k members' scores 1 + √((k − 1)/d)·z. Against d50 as
 * measured (reports/d50.md) it is too large: 9 % at k = 5, 4 % at 10, 2 % at 20, 0.3 % at 100, at any N from 2^8 to
 * 2^20.
 * @param d real, positive
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d is positive and finite
 * @since 0.1.0
 */
export function topKFinite(N: number, k: number, d: number): Outcome {
  checkSubset(N, k)
  checkPositive(d, 'd')
  if (k === 0 || k === N) return { success: 1, failure: 0 }
  const spread = Math.sqrt((k - 1) / d)
  const logClear = (z: number) => (N - k) * logNormalTail(-(1 + spread * z) * Math.sqrt(d / k))
  if (k === 1) return { success: Math.exp(logClear(0)), failure: -Math.expm1(logClear(0)) }
  const lowest = -9 - Math.max(Math.sqrt(2 * Math.log(k)), 0.5 / spread)
  const step = 0.3 / Math.sqrt(1 + 2 * Math.log(N))
  let [success, failure] = [0, 0]
  for (const { z, weight } of leastOfNormals(k, lowest, step)) {
    const clear = logClear(z)
    success += weight * Math.exp(clear)
    failure -= weight * Math.expm1(clear)
  }
  return { success, failure }
}

interface Node {
  readonly z: number
  readonly weight: number
}

const kept = lastValue<readonly Node[]>()

/**
 * The law of the least of k normal variables, from `lowest` to 9 in steps. Kept for the next call: a search for a
 * dimension asks for one law many times.
 */
function leastOfNormals(k: number, lowest: number, step: number): readonly Node[] {
  return kept(`${k} ${lowest} ${step}`, () => {
    const nodes: Node[] = []
    for (let z = lowest; z < 9; z += step) {
      const density = normalDensity(z) * k * Math.exp((k - 1) * logNormalTail(z))
      nodes.push({ z, weight: step * density })
    }
    return nodes
  })
}

/**
 * The d at which that failure is p, in (0, 1): d50 at p = 0.5. A real number; 0 where it is never above p.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and 0 < p < 1
 * @since 0.1.0
 */
export function topKFiniteDimension(N: number, k: number, p: number): number {
  return dimensionAt(p, topKLaw(N, k) + 1, (d) => topKFinite(N, k, d))
}

const row = { kind: 'law', decoder: 'top-k', source: 'Gaussian crosstalk, Equation 3' } as const

export const topKEven: Bound = {
  ...row,
  id: 'top-k-d50',
  level: 'even',
  statement: 'Top-k decoding succeeds with even odds (Gaussian approximation)',
  dimension: ({ N, k }) => topKFiniteDimension(N, k, 0.5),
}

export const topKReliable: Bound = {
  ...row,
  id: 'top-k-finite',
  level: 'reliable',
  statement: 'Top-k decoding succeeds with probability 1 − p (Gaussian approximation)',
  dimension: ({ N, k, p }) => topKFiniteDimension(N, k, p),
}
