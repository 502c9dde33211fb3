import { requireInteger } from '../io/arguments.js'
import { binomialEntropy } from '../statistics/binomial-tail.js'
import type { Bound } from './bound.js'
import { entropyBits } from './entropy.js'
import { checkPositive } from './parameters.js'

/** From here on three terms of the asymptotic series of the entropy are exact to the last bits of a double. */
const SERIES_FROM = 4096

/**
 * h(Bin(k, ½)), the entropy of a sum of k fair signs, in bits: the most that a coordinate of a Rademacher code can
 * tell. Exact sum below k = 4096, then ½ log2(πek/2) − (1/12k² + 1/6k³)/ln 2.
 * @throws RangeError unless k ≥ 0 is an integer
 * @since 0.1.0
 */
export function coordinateEntropy(k: number): number {
  requireInteger('k', k, 0)
  if (k < SERIES_FROM) return binomialEntropy(k)
  return 0.5 * Math.log2((Math.PI * Math.E * k) / 2) - (1 / 12 + 1 / (6 * k)) / (k * k * Math.LN2)
}

/**
 * d ≥ H/h(Bin(k, ½)) for any decoder that recovers every k-subset, whatever the Rademacher dictionary: a coordinate
 * of the code is hypergeometric, so a sum of k independent 0/1 variables, whose entropy is largest when all are fair
 * (Shepp & Olkin 1981). A real number; 0 where H = 0.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function countingBound(N: number, k: number): number {
  const bits = entropyBits(N, k)
  return bits === 0 ? 0 : bits / coordinateEntropy(k)
}

/**
 * The largest success probability of any decoder at dimension d, by Fano's inequality: (d·h + 1)/H, at most 1.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d is positive and finite
 * @since 0.1.0
 */
export function countingSuccess(N: number, k: number, d: number): number {
  checkPositive(d, 'd')
  return Math.min(1, (d * coordinateEntropy(k) + 1) / entropyBits(N, k))
}

export const counting: Bound = {
  id: 'counting-bound',
  kind: 'converse',
  decoder: 'any',
  problem: 'every subset',
  source: 'Entropy of the code: H(FY) ≤ d·h(Bin(k, ½))',
  statement:
    'No decoder recovers every k-subset over a ±1 dictionary: a coordinate of the code tells at most h(Bin(k, ½)) bits',
  dimension: ({ N, k }) => countingBound(N, k),
}
