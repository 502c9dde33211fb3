import { entropyApproximation } from './entropy-approximation.js'
import { checkSubset } from './parameters.js'

/**
 * ln (N/k)^k ≤ ln C(N, k) ≤ ln (eN/k)^k, in nats (paper, Appendix B). Both 0 at k = 0. Throws RangeError unless
 * 0 ≤ k ≤ N are integers.
 *
 * @since 0.1.0
 */
export function logBinomialBounds(N: number, k: number): { readonly lower: number; readonly upper: number } {
  const upper = entropyApproximation(N, k)
  return { lower: k === 0 ? 0 : k * Math.log(N / k), upper }
}

/**
 * N·h(k/N), in nats, h the binary entropy: ln C(N, k) up to O(ln N) (paper, Appendix B), and never below it.
 * Symmetric in k ↔ N − k; 0 at k = 0 and k = N. Throws RangeError unless 0 ≤ k ≤ N are integers.
 *
 * @since 0.1.0
 */
export function binaryEntropyForm(N: number, k: number): number {
  checkSubset(N, k)
  const m = Math.min(k, N - k)
  return m === 0 ? 0 : m * Math.log(N / m) - (N - m) * Math.log1p(-m / N)
}
