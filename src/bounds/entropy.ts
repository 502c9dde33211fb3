import { STIRLING_FROM, stirlingError } from '../numerics/stirling.js'
import { binaryEntropyForm } from './binomial-bounds.js'
import { checkSubset } from './parameters.js'

/**
 * ln C(N, k), in nats, to about 1e-15 relative, for any integer-valued doubles 0 ≤ k ≤ N (N = 2^60, 1e100, …).
 * Symmetric in k ↔ N − k. Where C(N, k) < 2^53 the logarithm of the exact integer; for small k a sum of logarithms;
 * beyond that Stirling's series in its entropy form, in which nothing cancels. Throws RangeError outside the range.
 *
 * @since 0.1.0
 */
export function logChoose(N: number, k: number): number {
  checkSubset(N, k)
  const exact = exactBinomial(N, k)
  if (exact) return Math.log(exact)
  const m = Math.min(k, N - k)
  if (m >= STIRLING_FROM) return stirling(N, m)
  let sum = 0
  for (let i = 0; i < m; i++) sum += Math.log((N - i) / (i + 1))
  return sum
}

/**
 * H = log2 C(N, k), the entropy of a uniform k-subset of N, in bits (paper, Section 3.1). Range and precision of
 * `logChoose`; exact where C(N, k) is a power of two below 2^53.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function entropyBits(N: number, k: number): number {
  checkSubset(N, k)
  const exact = exactBinomial(N, k)
  return exact ? Math.log2(exact) : logChoose(N, k) / Math.LN2
}

/** C(N, k) when every step of its product is an integer below 2^53, else undefined. */
function exactBinomial(N: number, k: number): number | undefined {
  const m = Math.min(k, N - k)
  let value = 1
  for (let i = 0; i < m; i++) {
    const product = value * (N - i)
    if (product > Number.MAX_SAFE_INTEGER) return undefined
    value = product / (i + 1)
  }
  return value
}

/** ln C(N, m) = N·h(m/N) − ½ ln(2πm(1 − m/N)) + δ(N) − δ(m) − δ(N − m), for 16 ≤ m ≤ N/2. */
function stirling(N: number, m: number): number {
  const rest = N - m
  const width = 0.5 * Math.log(2 * Math.PI * m * (rest / N))
  return binaryEntropyForm(N, m) - (width + stirlingError(m) + stirlingError(rest) - stirlingError(N))
}
