import ln from '@stdlib/math-base-special-ln'
import { exponential } from './exponential.js'
import { rootsOfUnity } from './roots-of-unity.js'
import { latticeBar, type SignSum, saddlepoint, type Tilt, tiltBy } from './sign-sum.js'

/** e^-36 is below a unit in the last place of 1. */
const NATS = 36
/** Factors of the characteristic function whose modulus is smaller add nothing. */
const LOG_NEGLIGIBLE = -46

/**
 * ln of P(S > m) + tie·P(S = m): the tail of a weighted sign sum in which a share `tie` in [0, 1] of the ties counts. m is any number.
 *
 * The characteristic function of the law tilted to the saddlepoint, inverted on a lattice of 2^n points, of which only what
 * does not vanish is evaluated (the contour of Lugannani & Rice 1980, integrated instead of expanded). What wraps around the lattice is below
 * e^-36. The relative error of the probability is below 1e-11 from 1e-300 to 1. Takes tens of microseconds for a thousand signs.
 *
 * @param smooth the r_j are spread out, as rounded reals are, so that the characteristic function does not come back once it
 * has vanished
 */
export function logSignSumTail(sum: SignSum, m: number, tie = 1, smooth = false): number {
  const { j, share } = latticeBar(sum, m, tie)
  if (j < 0) return 0
  if (j > sum.top) return -Infinity
  if (2 * j <= sum.top) {
    if (j === 0 && share === 1) return 0
    return lower(logUpper(sum, sum.top - j, 1 - share, smooth))
  }
  return logUpper(sum, j, share, smooth)
}

/** ln(1 − e^logP). */
const lower = (logP: number): number => ln(1 - exponential(logP))

/** ln of P(J > j) + share·P(J = j), for j ≥ top/2. */
function logUpper(sum: SignSum, j: number, share: number, smooth: boolean): number {
  if (j === sum.top) return ln(share) - sum.signs * Math.LN2
  const tilt = tailTilt(sum, j)
  return tilt.h * (sum.top - j) + tilt.logMass + ln(invert(sum, j, share, tilt, smooth))
}

/** A tilt near the saddlepoint of j, and away from 0, where the sum over the tail would converge slowly. */
export function tailTilt(sum: SignSum, j: number): Tilt {
  const h = Math.max(saddlepoint(sum, j), 3 / Math.sqrt(variance(sum)))
  return tiltBy(sum, exponential(-h))
}

const variance = ({ weights, counts }: SignSum): number =>
  weights.reduce((total, w, g) => total + (counts[g] * w * w) / 4, 0)

/** E[y^(J − j); J > j] + share·P(J = j) under the tilted law. */
function invert(sum: SignSum, j: number, share: number, { y, h, heads }: Tilt, smooth: boolean): number {
  const { weights, counts } = sum
  const spread = Math.sqrt(variance(sum))
  // The tilted law is sub-Gaussian with this spread (Hoeffding).
  const period = NATS / h + Math.min((h * spread * spread) / 2, 9 * spread)
  const log = Math.max(4, Math.ceil(Math.log2(period)))
  const size = 2 ** log
  const { cos, sin } = rootsOfUnity(log)
  // |q + p e^iα|^2 = 1 − 2pq(1 − cos α): below this cos α the group's factor alone is negligible.
  const least = heads.map((p, g) => {
    const modulus = exponential((2 * LOG_NEGLIGIBLE) / counts[g])
    return 1 - (1 - modulus) / (2 * p * (1 - p))
  })
  let total = 0
  for (let i = 0; i <= size / 2; i++) {
    let re = 1
    let im = 0
    for (let g = weights.length - 1; g >= 0; g--) {
      const at = (i * weights[g]) & (size - 1)
      if (cos[at] < least[g]) {
        re = 0
        im = 0
        break
      }
      let a = 1 - heads[g] + heads[g] * cos[at]
      let b = heads[g] * sin[at]
      for (let n = counts[g]; ; ) {
        if (n & 1) {
          const r = re * a - im * b
          im = re * b + im * a
          re = r
        }
        n >>= 1
        if (n === 0) break
        const r = a * a - b * b
        b = 2 * a * b
        a = r
      }
    }
    if (re * re + im * im < 1e-40) {
      if (smooth) break
      continue
    }
    // times e^{-iuj} (1/(1 − y e^{-iu}) − (1 − share))
    const at = (i * j) % size
    const x = re * cos[at] + im * sin[at]
    const z = im * cos[at] - re * sin[at]
    const c = 1 - y * cos[i]
    const s = y * sin[i]
    const real = (x * c + z * s) / (c * c + s * s) - (1 - share) * x
    total += i === 0 || 2 * i === size ? real : 2 * real
  }
  return total / size
}
