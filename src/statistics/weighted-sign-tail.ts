import { ln } from '../numerics/special/logarithms.js'
import { signSum } from './sign-sum.js'
import { logRest, logSignSumTail } from './sign-sum-tail.js'
import { inversionTail, type More, saddlepointTail } from './tilted-sign-tail.js'

/** The law of S = Σ ε_j r_j for independent fair signs ε and real weights r. */
export interface WeightedSigns {
  /** r. */
  readonly weights: Float64Array
  /** How the tail is found. */
  readonly method: 'lattice' | 'patterns' | 'inversion' | 'saddlepoint' | 'grid'
  /** √(Σ r_j²). */
  readonly spread: number
  /** Σ |r_j|, the largest sum. */
  readonly top: number
  /** Sums that differ by less are equal but for rounding. */
  readonly tolerance: number
  /** ln of P(S > m) + tie·P(S = m); `tie` in [0, 1] matters where S has atoms that are known: on a lattice. */
  logTail(m: number, tie?: number): number
}

/** The patterns of so few signs are counted. */
const FEW = 28
/** Signs, and the largest share of Σ r_j² in one of them, for which the expansion is trusted. */
const ENOUGH = 128
const MOST_SHARE = 0.1
/** |r_j| of a sum that is taken as a lattice's. */
const LARGEST = 2 ** 12
/** What rounding adds to a whole number, and to a sum, relative to Σ |r_j|. */
const WHOLE = 1e-9
const ROUNDING = 1e-12
/** Points of the lattice that a grid comes to. */
const GRID = 2 ** 15
/** What a lattice spans, in standard deviations of its sum. */
const SPAN = 20

/**
 * The tail of a real-weighted sign sum. Whole weights: exact, on their lattice. At most 28 signs: counted, up to
 * rounding. Then, where the weights are spread out (`varied`, and away from whole numbers), for less than 128 signs
 * and where one weight has more than a tenth of Σ r_j²: the characteristic function inverted on the line through the
 * saddlepoint, to about 1e-8 up to 5 standard deviations. For more signs: Lugannani & Rice 1980 with Daniels' next
 * term (1987), by Edgeworth's series about 0, of relative error up to 6 standard deviations 1e-4 for 128 Gaussian
 * weights, 1e-5 for 256, 1e-6 for 768. Next to a lattice the weights are rounded to a grid: to about 1e-3.
 *
 * @param varied whether the weights take many values: false where they are sums of few numbers without noise
 */
export function weightedSigns(r: Float64Array, varied = true): WeightedSigns {
  const sizes = sizesOf(r)
  let [energy, largest, smallest, top] = [0, 0, Infinity, 0]
  for (let j = 0; j < sizes.length; j++) {
    energy += sizes[j] ** 2
    top += sizes[j]
    largest = Math.max(largest, sizes[j])
    smallest = Math.min(smallest, sizes[j])
  }
  const about = { weights: r, spread: Math.sqrt(energy), top, tolerance: ROUNDING * top }
  for (const unit of [1, smallest]) {
    if (onLattice(sizes, unit, largest)) return { ...about, method: 'lattice', logTail: latticeTail(r, unit) }
  }
  if (sizes.length <= FEW) {
    return { ...about, method: 'patterns', logTail: patternTail(sizes, about.tolerance) }
  }
  if (!varied || nearLattice(r)) return { ...about, method: 'grid', logTail: gridTail(r, energy) }
  const expand = sizes.length >= ENOUGH && largest ** 2 <= MOST_SHARE * energy
  return {
    ...about,
    method: expand ? 'saddlepoint' : 'inversion',
    logTail: bothSides((expand ? saddlepointTail : inversionTail)(sizes, energy)),
  }
}

/** |r_j| > 0. */
function sizesOf(r: Float64Array): Float64Array {
  const sizes = new Float64Array(r.length)
  let count = 0
  for (let j = 0; j < r.length; j++) if (r[j] !== 0) sizes[count++] = Math.abs(r[j])
  return sizes.subarray(0, count)
}

/**
 * Whether a lattice of step 1 or 2 is near. Next to one the characteristic function comes back, to at most e^(−π²/2·Σ
 * x_j²) where x_j is the way to the nearest whole number of steps: 5e-6 for a sum of 2.5, and where all that
 * spreads evenly to e^(−0.4·signs).
 */
function nearLattice(r: Float64Array): boolean {
  const least = Math.min(2.5, r.length / 20)
  let [even, all] = [0, 0]
  for (let j = 0; j < r.length; j++) {
    const half = r[j] / 2
    even += (half - Math.round(half)) ** 2
    all += (r[j] - Math.round(r[j])) ** 2
  }
  return Math.min(even, all) < least
}

/** Whether the sizes are whole in this unit, and few enough of it for a lattice. */
function onLattice(sizes: Float64Array, unit: number, largest: number): boolean {
  if (largest > LARGEST * unit) return false
  for (let j = 0; j < sizes.length; j++) {
    const size = sizes[j] / unit
    if (Math.abs(size - Math.round(size)) > WHOLE) return false
  }
  return true
}

function latticeTail(r: Float64Array, unit: number): WeightedSigns['logTail'] {
  const sum = signSum(Int32Array.from(r, (entry) => Math.round(entry / unit)))
  return (m, tie = 1) => {
    const score = m / unit
    const point = Math.round(score)
    return logSignSumTail(sum, Math.abs(score - point) <= WHOLE * r.length ? point : score, tie)
  }
}

/** Counts patterns by the ordered sums of the halves of the signs. */
function patternTail(sizes: Float64Array, tolerance: number): WeightedSigns['logTail'] {
  const half = sizes.length >> 1
  const [low, high] = [patternSums(sizes.subarray(0, half)), patternSums(sizes.subarray(half))]
  return (m) => {
    const bar = m - tolerance
    let count = 0
    for (let i = 0, from = high.length; i < low.length; i++) {
      while (from > 0 && low[i] + high[from - 1] >= bar) from--
      count += high.length - from
    }
    return ln(count / (low.length * high.length))
  }
}

/** The sums of all sign patterns, ascending. */
function patternSums(sizes: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** sizes.length)
  for (let j = 0, half = 1; j < sizes.length; j++, half *= 2) {
    for (let i = 0; i < half; i++) {
      sums[half + i] = sums[i] + sizes[j]
      sums[i] -= sizes[j]
    }
  }
  return sums.sort()
}

/**
 * ln P(S ≥ m) for S = Σ a_i W_i + G, each W_i a sum of `times` fair signs and G ~ N(0, gaussian), all independent: by
 * the expansion of `weightedSigns`, where S is on no lattice but for rounding.
 *
 * @param sizes a_i > 0
 */
export function repeatedSignTail(sizes: Float64Array, more: More): (m: number) => number {
  const energy = sizes.reduce((sum, size) => sum + more.times * size * size, more.gaussian)
  return energy === 0 ? (m) => (m > 0 ? -Infinity : 0) : bothSides(saddlepointTail(sizes, energy, more))
}

/** By S ~ −S, from the tail at m ≥ 0. */
const bothSides =
  (upper: (m: number) => number): WeightedSigns['logTail'] =>
  (m) =>
    m >= 0 ? upper(m) : logRest(upper(-m))

/** The weights rounded to a grid, the sum spread over its cells, the bar scaled so that the variance is right. */
function gridTail(r: Float64Array, energy: number): WeightedSigns['logTail'] {
  const rms = Math.sqrt(energy / r.length)
  const scale = GRID / (SPAN * Math.sqrt(r.length)) / rms
  const rounded = Int32Array.from(r, (entry) => Math.round(entry * scale))
  const sum = signSum(rounded)
  const { unit, top } = sum
  const roundedEnergy = rounded.reduce((total, entry) => total + entry * entry, (unit * unit) / 3)
  const stretch = Math.sqrt(roundedEnergy / energy)
  return (m) => {
    const score = m * stretch
    const point = unit * (2 * Math.round((score / unit + top) / 2) - top)
    return logSignSumTail(sum, point, (point + unit - score) / (2 * unit))
  }
}
