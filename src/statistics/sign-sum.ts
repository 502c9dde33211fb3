import { exponential } from '../numerics/exp.js'
import { ln } from '../numerics/special/logarithms.js'

/**
 * S = Σ ε_j r_j for independent fair signs ε and integers r_j, its equal |r_j| taken together: S = unit·(2J − top) with
 * J = Σ weights[g]·B_g over independent B_g ~ Bin(counts[g], ½). So J runs over the integers 0, …, top.
 */
export interface SignSum {
  /** The distinct |r_j| > 0 divided by `unit`, ascending. */
  readonly weights: readonly number[]
  readonly counts: readonly number[]
  /** The greatest common divisor of the r_j; 1 when all are 0. S moves in steps of 2·unit. */
  readonly unit: number
  /** Σ weights·counts: max S = unit·top. */
  readonly top: number
  /** The number of r_j ≠ 0. */
  readonly signs: number
}

/** Magnitudes below this are tallied in one go. */
const USUAL = 256
const usual = new Uint32Array(USUAL)

/** Groups the coordinates of an integer vector; |r_j| < 2^24. */
export function signSum(r: Int32Array): SignSum {
  let tally = usual.fill(0)
  // An upper bound of all magnitudes, in one instruction an entry.
  let largest = 0
  for (let j = 0; j < r.length; j++) {
    const size = magnitude(r[j])
    largest |= size
    tally[size & (USUAL - 1)]++
  }
  if (largest >= USUAL) {
    tally = new Uint32Array(largest + 1)
    for (let j = 0; j < r.length; j++) tally[magnitude(r[j])]++
  }
  const weights: number[] = []
  const counts: number[] = []
  let unit = 0
  for (let v = 1; v <= largest; v++) {
    if (tally[v] === 0) continue
    weights.push(v)
    counts.push(tally[v])
    unit = gcd(v, unit)
  }
  unit ||= 1
  for (let g = 0; g < weights.length; g++) weights[g] /= unit
  const top = weights.reduce((sum, w, g) => sum + w * counts[g], 0)
  return { weights, counts, unit, top, signs: r.length - tally[0] }
}

/** |x| of a 32-bit integer, without a branch: no processor guesses a random sign. */
export const magnitude = (x: number): number => (x ^ (x >> 31)) - (x >> 31)

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** Where a bar m on S falls for J: P(S > m) + tie·P(S = m) = P(J > j) + share·P(J = j). */
export function latticeBar({ unit, top }: SignSum, m: number, tie: number): { j: number; share: number } {
  const bar = Math.ceil(m)
  const exact = (bar / unit + top) / 2
  const j = Math.ceil(exact)
  return { j, share: bar === m && j === exact ? tie : 1 }
}

/** The law of J tilted by e^{hJ}, h ≥ 0: its B_g are Bin(counts[g], 1/(1 + y^weights[g])) with y = e^-h. */
export interface Tilt {
  readonly y: number
  readonly h: number
  /** P(heads) by group. */
  readonly heads: readonly number[]
  /** ln E e^{hJ} − h·top. */
  readonly logMass: number
}

/** The tilted law with this y in (0, 1]. */
export function tiltBy(sum: SignSum, y: number): Tilt {
  const h = -ln(y)
  const heads: number[] = []
  let logMass = -sum.signs * Math.LN2
  eachPower(sum, y, (g, power) => {
    heads.push(1 / (1 + power))
    logMass += sum.counts[g] * ln(1 + power)
  })
  return { y, h, heads, logMass }
}

/** The h ≥ 0 for which the tilted J has mean j, to a small part of its standard deviation; top/2 ≤ j < top. */
export function saddlepoint(sum: SignSum, j: number): number {
  let h = 0
  for (let step = 1; step > 1e-4 * h; h += step) {
    let excess = j
    let variance = 0
    eachPower(sum, exponential(-h), (g, power) => {
      const w = sum.weights[g]
      const mean = (sum.counts[g] * w) / (1 + power)
      excess -= mean
      variance += (mean * w * power) / (1 + power)
    })
    // The mean is concave in h ≥ 0, so that Newton's method comes from below.
    step = excess / variance
  }
  return h
}

/** Calls back with (g, y^weights[g]). */
function eachPower({ weights }: SignSum, y: number, use: (g: number, power: number) => void): void {
  let power = 1
  let exponent = 0
  for (let g = 0; g < weights.length; g++) {
    power *= integerPower(y, weights[g] - exponent)
    exponent = weights[g]
    use(g, power)
  }
}

/** y^n by squaring, for an integer n ≥ 0. */
function integerPower(y: number, n: number): number {
  let power = 1
  for (let square = y, rest = n; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) power *= square
  }
  return power
}

/** Of J. */
export const variance = ({ weights, counts }: SignSum): number =>
  weights.reduce((total, w, g) => total + (counts[g] * w * w) / 4, 0)
