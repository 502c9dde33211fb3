import { exponential } from '../../numerics/exp.js'
import { ln } from '../../numerics/special/logarithms.js'
import { latticeBar, type SignSum, saddlepoint, tiltBy } from '../../statistics/sign-sum.js'

/**
 * As `logSignSumTail`, by convolving the tilted binomials: every term is positive, so the relative error is that of the
 * arithmetic, about 1e-13, however small the tail. What the fast form is held to; takes O(signs·top) steps.
 */
export function logSignSumTailReference(sum: SignSum, m: number, tie = 1): number {
  const { j, share } = latticeBar(sum, m, tie)
  if (j < 0) return 0
  if (j > sum.top) return -Infinity
  const tilted = 2 * j > sum.top && j < sum.top ? saddlepoint(sum, j) : 0
  const { y, h, heads, logMass } = tiltBy(sum, exponential(-tilted))
  let law = Float64Array.of(1)
  sum.weights.forEach((w, g) => {
    law = convolve(law, binomial(sum.counts[g], heads[g]), w)
  })
  let total = 0
  for (let i = sum.top; i > j; i--) total += y ** (i - j) * law[i]
  total += share * law[j]
  return h * (sum.top - j) + logMass + ln(total)
}

/** The law of A + w·B from those of A and B. */
function convolve(a: Float64Array, b: Float64Array, w: number): Float64Array<ArrayBuffer> {
  const law = new Float64Array(a.length + w * (b.length - 1))
  for (let n = 0; n < b.length; n++) {
    for (let i = 0; i < a.length; i++) law[w * n + i] += b[n] * a[i]
  }
  return law
}

/** P(B = 0), …, P(B = n) for B ~ Bin(n, p), by ratios from the mode outwards. */
function binomial(n: number, p: number): Float64Array {
  const law = new Float64Array(n + 1)
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const odds = p / (1 - p)
  law[mode] = 1
  let total = 1
  for (let i = mode; i < n; i++) total += law[i + 1] = (law[i] * (n - i) * odds) / (i + 1)
  for (let i = mode; i > 0; i--) total += law[i - 1] = (law[i] * i) / ((n - i + 1) * odds)
  return law.map((term) => term / total)
}
