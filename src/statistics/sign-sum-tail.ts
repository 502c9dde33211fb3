import { exponential } from '../numerics/exp.js'
import { rootsOfUnity } from '../numerics/roots-of-unity.js'
import { ln } from '../numerics/special/logarithms.js'
import { latticeBar, type SignSum, saddlepoint, type Tilt, tiltBy, variance } from './sign-sum.js'

/**
 * e^-30 of the whole, 1e-13, is next to nothing: so much may wrap around the lattice, and such values of the
 * characteristic function are left out.
 */
const NATS = 30

/** Lattices have at most 2^22 points. */
const LONGEST = 22
/** A sum of so few patterns is counted; so is a long lattice's of more. */
const FEW = 2 ** 6
const PATTERNS = 2 ** 16

/**
 * ln of P(S > m) + tie·P(S = m): the tail of a weighted sign sum in which a share `tie` in [0, 1] of the ties counts.
 * m is any number.
 *
 * The characteristic function of the law tilted to the saddlepoint, inverted on a lattice of 2^n points, of which
 * only what does not vanish is evaluated (the contour of Lugannani & Rice 1980, integrated instead of expanded). The
 * relative error of the probability is below 1e-11 from 1e-300 to 1 where Σ|r_j| over their common divisor is at most
 * 2^18, and below 1e-10 on to the longest lattice; sums of few signs on a long lattice are counted pattern by
 * pattern, to 1e-15. Takes tens of microseconds for a thousand signs.
 *
 * @param smooth the r_j are spread out, as rounded reals are, so that the characteristic function does not come back
 * once it has vanished
 * @throws RangeError where the lattice would have more than 2^22 points, and the sum too many patterns to count
 */
export function logSignSumTail(sum: SignSum, m: number, tie = 1, smooth = false): number {
  const { j, share } = latticeBar(sum, m, tie)
  if (j < 0) return 0
  if (j > sum.top) return -Infinity
  if (2 * j <= sum.top) {
    if (j === 0 && share === 1) return 0
    return logRest(logUpper(sum, sum.top - j, 1 - share, smooth))
  }
  return logUpper(sum, j, share, smooth)
}

/** ln(1 − e^logP). */
export const logRest = (logP: number): number => ln(1 - exponential(logP))

/** ln of P(J > j) + share·P(J = j), for j ≥ top/2. */
function logUpper(sum: SignSum, j: number, share: number, smooth: boolean): number {
  if (j === sum.top) return ln(share) - sum.signs * Math.LN2
  if (isSparse(sum)) return ln(count(sum, j, share)) - sum.signs * Math.LN2
  const tilt = tailTilt(sum, j)
  return tilt.h * (sum.top - j) + tilt.logMass + ln(invert(sum, j, share, tilt, smooth))
}

/** Whether a sum has many fewer patterns of heads than values. */
function isSparse({ counts, top }: SignSum): boolean {
  if (top < FEW * FEW) return false
  let patterns = 1
  for (let g = 0; g < counts.length && patterns <= PATTERNS; g++) patterns *= counts[g] + 1
  return patterns <= FEW || (patterns <= PATTERNS && patterns * FEW <= top)
}

/** The number of sign patterns with J > j, and `share` of those with J = j: every pattern of heads by its value. */
function count({ weights, counts }: SignSum, j: number, share: number): number {
  const from = (g: number, J: number): number => {
    if (g === weights.length) return J > j ? 1 : J === j ? share : 0
    let total = 0
    let ways = 1
    for (let heads = 0; heads <= counts[g]; heads++) {
      total += ways * from(g + 1, J + heads * weights[g])
      ways = (ways * (counts[g] - heads)) / (heads + 1)
    }
    return total
  }
  return from(0, 0)
}

/** A tilt near the saddlepoint of j, and away from 0, where the sum over the tail would converge slowly. */
export function tailTilt(sum: SignSum, j: number): Tilt {
  const h = Math.max(saddlepoint(sum, j), 3 / Math.sqrt(variance(sum)))
  return tiltBy(sum, exponential(-h))
}

/** E[y^(J − j); J > j] + share·P(J = j) under the tilted law. */
function invert(sum: SignSum, j: number, share: number, { y, h, heads }: Tilt, smooth: boolean): number {
  const spread = Math.sqrt(variance(sum))
  // The tilted law is sub-Gaussian with this spread (Hoeffding).
  const period = NATS / h + Math.min((h * spread * spread) / 2, 9 * spread)
  const log = Math.max(4, Math.ceil(Math.log2(period)))
  if (log > LONGEST)
    throw new RangeError(
      `weights up to ${sum.weights.at(-1)} with ${sum.signs} signs need a lattice of 2^${log} points`,
    )
  const size = 2 ** log
  const { cos, sin } = rootsOfUnity(log)
  const groups = byCount(sum, heads)
  const nodes = lasting(groups, log, smooth)
  let total = 0
  for (let n = 0; n < nodes.length; n += 2) {
    // Two at a time: a chain of products leaves half of the processor idle. The last may go with itself.
    const second = Math.min(n + 1, nodes.length - 1)
    characteristic(groups, log, nodes[n], nodes[second])
    for (let i = n; i <= second; i++) {
      const node = nodes[i]
      const re = value[2 * (i - n)]
      const im = value[2 * (i - n) + 1]
      // φ(u) e^{-iuj} (1/(1 − y e^{-iu}) − (1 − share))
      const at = (node * j) % size
      const x = re * cos[at] + im * sin[at]
      const z = im * cos[at] - re * sin[at]
      const c = 1 - y * cos[node]
      const s = y * sin[node]
      const real = (x * c + z * s) / (c * c + s * s) - (1 - share) * x
      total += node === 0 || 2 * node === size ? real : 2 * real
    }
  }
  return total / size
}

/** The groups of a tilted sum, the largest first: they are what makes the characteristic function vanish. */
interface Groups {
  readonly weights: readonly number[]
  readonly counts: readonly number[]
  /** P(heads). */
  readonly heads: readonly number[]
}

function byCount({ weights, counts }: SignSum, heads: readonly number[]): Groups {
  const order = counts.map((_, g) => g).sort((a, b) => counts[b] - counts[a])
  return {
    weights: order.map((g) => weights[g]),
    counts: order.map((g) => counts[g]),
    heads: order.map((g) => heads[g]),
  }
}

/** The nodes i ≤ 2^log/2 at which the characteristic function is not negligible. */
function lasting({ weights, counts, heads }: Groups, log: number, smooth: boolean): number[] {
  const mask = 2 ** log - 1
  const { cos } = rootsOfUnity(log)
  const rates = counts.map((count, g) => count * heads[g] * (1 - heads[g]))
  const nodes: number[] = []
  for (let i = 0; 2 * i <= mask + 1; i++) {
    let decay = 0
    for (let g = 0; g < weights.length && decay <= NATS; g++) {
      // |q + p e^iα|² = 1 − 2pq(1 − cos α) ≤ e^(−2pq(1 − cos α)).
      decay += rates[g] * (1 - cos[(i * weights[g]) & mask])
    }
    if (decay <= NATS) nodes.push(i)
    else if (smooth) break
  }
  return nodes
}

/** φ(u) = E e^{iuJ} of the tilted law at u = 2πi/2^log for two nodes i: re, im, re, im, until the next call. */
const value = new Float64Array(4)
let room = new Float64Array(0)

function characteristic(
  { weights, counts, heads }: Groups,
  log: number,
  first: number,
  second: number,
): void {
  const mask = 2 ** log - 1
  const { cos, sin } = rootsOfUnity(log)
  const groups = weights.length
  if (room.length < 4 * groups) room = new Float64Array(4 * groups)
  const powers = room
  for (let g = 0; g < groups; g++) {
    const p = heads[g]
    const at = (first * weights[g]) & mask
    const then = (second * weights[g]) & mask
    powers[4 * g] = 1 - p + p * cos[at]
    powers[4 * g + 1] = p * sin[at]
    powers[4 * g + 2] = 1 - p + p * cos[then]
    powers[4 * g + 3] = p * sin[then]
  }
  // All powers by one chain of squarings.
  let a = 1
  let b = 0
  let c = 1
  let d = 0
  for (let bit = 31 - Math.clz32(counts[0]); bit >= 0; bit--) {
    const square = a * a - b * b
    const other = c * c - d * d
    b = 2 * a * b
    d = 2 * c * d
    a = square
    c = other
    for (let g = 0; g < groups && counts[g] >> bit > 0; g++) {
      if ((counts[g] >> bit) & 1) {
        const re = powers[4 * g]
        const im = powers[4 * g + 1]
        const re2 = powers[4 * g + 2]
        const im2 = powers[4 * g + 3]
        const product = a * re - b * im
        const product2 = c * re2 - d * im2
        b = a * im + b * re
        d = c * im2 + d * re2
        a = product
        c = product2
      }
    }
  }
  value[0] = a
  value[1] = b
  value[2] = c
  value[3] = d
}
