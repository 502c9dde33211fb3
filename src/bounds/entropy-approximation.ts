import { checkSubset } from './parameters.js'

/**
 * k ln(eN/k), in nats: at least ln C(N, k), and tight for k ≪ N (paper, Section 3.1). 0 at k = 0. Divide by ln 2 for
 * bits. Throws RangeError unless 0 ≤ k ≤ N are integers.
 *
 * @since 0.1.0
 */
export function entropyApproximation(N: number, k: number): number {
  checkSubset(N, k)
  return k === 0 ? 0 : k * (1 + Math.log(N / k))
}
