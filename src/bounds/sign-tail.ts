import { signRate } from '../numerics/sign-rate.js'
import { HALF_LOG_TWO_PI } from '../numerics/stirling.js'
import { logSignTail } from '../statistics/binomial-tail.js'
import { logNormalTail } from '../statistics/normal.js'

/** The exact sum takes up to O(√n) steps: from here on the saddlepoint is as accurate. */
const LONG = 2 ** 28

/**
 * ln P(S_n ≥ m) of a sum of n fair signs, n < 2^53, m an integer ≥ 1: exact for n < 2^28 (`logSignTail`), from there
 * on by the lattice form of Lugannani & Rice (Daniels 1987, "Tail probability approximations", International
 * Statistical Review 55): there the probability is right to 1e-11 up to 30 standard deviations, its logarithm to
 * 1e-12 everywhere.
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
  const density = -(w * w) / 2 - HALF_LOG_TWO_PI
  return density + Math.log(Math.exp(logNormalTail(w) - density) + 1 / u - 1 / w)
}

/** The rate function of fair signs, in closed form where nothing cancels. */
const rate = (x: number): number =>
  x > 0.5 ? ((1 + x) * Math.log1p(x) + (1 - x) * Math.log1p(-x)) / 2 : signRate(x)
