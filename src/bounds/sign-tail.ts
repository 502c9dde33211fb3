import { logSignTail } from '../statistics/binomial-tail.js'
import { logNormalTail } from '../statistics/normal.js'

/** The exact sum takes up to O(√n) steps: from here on the saddlepoint is as accurate. */
const LONG = 2 ** 28

/**
 * ln P(S_n ≥ m) of a sum of n fair signs, n < 2^53, m an integer ≥ 1: exact for n < 2^28 (`logSignTail`), from there on by the lattice form
 * of Lugannani & Rice (Daniels 1987, "Tail probability approximations", International Statistical Review 55): there the probability is right to
 * 1e-11 up to 30 standard deviations, its logarithm to 1e-12 everywhere.
 */
export function signTail(n: number, m: number): number {
  if (n < LONG) return logSignTail(n, m)
  if (m > n) return -Infinity
  return m === n ? -n * Math.LN2 : latticeTail(n, m + ((n - m) % 2))
}

/** For m < n on the lattice of n, n − 2, … */
function latticeTail(n: number, m: number): number {
  const x = m / n
  const w = Math.sqrt(2 * n * rate(x))
  const u = (x / (1 + x)) * Math.sqrt(n * (1 - x * x))
  const density = -(w * w) / 2 - Math.log(2 * Math.PI) / 2
  return density + Math.log(Math.exp(logNormalTail(w) - density) + 1 / u - 1 / w)
}

/** ½[(1 + x) ln(1 + x) + (1 − x) ln(1 − x)], the rate function of fair signs, by its power series where that would cancel. */
function rate(x: number): number {
  if (x > 0.5) return ((1 + x) * Math.log1p(x) + (1 - x) * Math.log1p(-x)) / 2
  let sum = 0
  let power = x * x
  for (let i = 2; power > 1e-17 * sum; i += 2) {
    sum += power / (i * (i - 1))
    power *= x * x
  }
  return sum
}
