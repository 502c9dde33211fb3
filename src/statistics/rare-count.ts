import { exponential } from '../numerics/exp.js'
import { ln } from '../numerics/special/logarithms.js'

/** ln(1 − q), by its series where that would cancel. */
export function logComplement(q: number): number {
  if (q > 1e-3) return ln(1 - q)
  return -q * (1 + q * (1 / 2 + q * (1 / 3 + q * (1 / 4 + q * (1 / 5 + q / 6)))))
}

/** Sums are kept below this. */
const LARGE = 1e200

/** P(B ≤ j) for B ~ Bin(n, q), any n; takes j steps. Relative error below (j + λ)·1e-15, λ = −n·ln(1 − q). */
export function atMost(n: number, q: number, j: number): number {
  if (j < 0) return 0
  if (j >= n) return 1
  if (q >= 1) return 0
  let log = n * logComplement(q)
  const odds = q / (1 - q)
  let [term, sum] = [1, 1]
  for (let i = 0; i < j; i++) {
    term *= ((n - i) / (i + 1)) * odds
    sum += term
    if (sum > LARGE) {
      log += ln(sum)
      term /= sum
      sum = 1
    }
  }
  return Math.min(1, exponential(log + ln(sum)))
}

/** The mean up to which a draw goes through the counts from 0 on. */
const SHORT = 500

/** B ~ Bin(n, p), any n: takes n·p steps. */
export function drawCount(n: number, p: number, random: () => number): number {
  if (n < 1 || p <= 0) return 0
  if (p >= 1) return n
  if (n * p > SHORT) {
    const half = Math.floor(n / 2)
    return drawCount(half, p, random) + drawCount(n - half, p, random)
  }
  const odds = p / (1 - p)
  let term = exponential(n * logComplement(p))
  let left = random() - term
  let count = 0
  while (left >= 0 && count < n && term > 0) {
    term *= ((n - count) / (count + 1)) * odds
    left -= term
    count++
  }
  return count
}
