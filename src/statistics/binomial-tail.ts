import { signRate } from '../numerics/sign-rate.js'
import { stirlingError } from '../numerics/stirling.js'

const NEGLIGIBLE = 1e-18

/**
 * ln P(B = j) for B binomial with n fair trials: Loader's saddle-point form ("Fast and accurate computation of
 * binomial probabilities", 2000), where no large terms cancel. For any n below 2^53 the error is below 2e-15 times
 * the larger of 1 and the logarithm's size.
 */
export function logBinomial(n: number, j: number): number {
  requireCount(n)
  if (!(Number.isInteger(j) && j >= 0 && j <= n)) return -Infinity
  if (j === 0 || j === n) return -n * Math.LN2
  const shape = 0.5 * Math.log(n / (2 * Math.PI * j * (n - j)))
  return shape - deviance(n, j) + stirlingError(n) - stirlingError(j) - stirlingError(n - j)
}

/**
 * ln P(S ≥ m) for S the sum of n independent fair signs, n < 2^53, any real m: −∞ past n, 0 from −n down. Up to n =
 * 2^20 the relative error of the logarithm is below 1e-13 and that of the probability below 1e-12, from 1e-300 to 1.
 * The O(√n) steps of a longer sum add up: 1e-12 + 3e-13·√(n/2^30) for the probability, which is 1e-11 at n = 2^40 and
 * 1e-9 just below 2^53.
 */
export function logSignTail(n: number, m: number): number {
  requireCount(n)
  if (Number.isNaN(m)) throw new RangeError('the bar m must be a number, not NaN')
  const pluses = Math.ceil((n + Math.ceil(m)) / 2)
  if (pluses <= 0) return 0
  if (pluses > n) return -Infinity
  return 2 * pluses > n ? logUpper(n, pluses) : Math.log1p(-Math.exp(logUpper(n, n - pluses + 1)))
}

/** Entropy in bits of the binomial law with k fair trials, the sum −Σ p log2 p itself; about ½ log2(πek/2). */
export function binomialEntropy(k: number): number {
  requireCount(k)
  let nats = 0
  let term = 1
  for (let j = Math.ceil(k / 2); j <= k && term > NEGLIGIBLE; j++) {
    const logP = logBinomial(k, j)
    term = -(2 * j === k ? 1 : 2) * Math.exp(logP) * logP
    nats += term
  }
  return nats / Math.LN2
}

/** ln P(B ≥ j) for 2j > n: the first term times one plus the running products of ratios below 1. */
function logUpper(n: number, j: number): number {
  let term = 1
  let sum = 1
  for (let i = j; i < n && term > NEGLIGIBLE * sum; i++) {
    term *= (n - i) / (i + 1)
    sum += term
  }
  return logBinomial(n, j) + Math.log(sum)
}

/** n times the relative entropy of j/n to ½, by its power series where the closed form would cancel. */
function deviance(n: number, j: number): number {
  const x = (2 * j - n) / n
  if (Math.abs(x) > 0.5) return j * Math.log((2 * j) / n) + (n - j) * Math.log((2 * (n - j)) / n)
  return n * signRate(x)
}

function requireCount(n: number): void {
  if (!(Number.isSafeInteger(n) && n >= 0))
    throw new RangeError(`a number of signs is a whole number, not ${n}`)
}
