import { exp } from '../numerics/exp.js'
import { exponential } from '../numerics/exponential.js'
import { ln } from '../numerics/special.js'
import { logNormalTail, normalDensity } from './normal.js'
import { signSum } from './sign-sum.js'
import { logSignSumTail } from './sign-sum-tail.js'

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

/** By S ~ −S, from the tail at m ≥ 0. */
const bothSides =
  (upper: (m: number) => number): WeightedSigns['logTail'] =>
  (m) =>
    m >= 0 ? upper(m) : ln(1 - exponential(upper(-m)))

/** Σ r_j⁴, Σ r_j⁶ and Σ r_j⁸. */
function powerSums(sizes: Float64Array): [number, number, number] {
  let [fourth, sixth, eighth] = [0, 0, 0]
  for (let j = 0; j < sizes.length; j++) {
    const square = sizes[j] * sizes[j]
    fourth += square * square
    sixth += square * square * square
    eighth += square * square * square * square
  }
  return [fourth, sixth, eighth]
}

/** Below so many standard deviations the terms of Lugannani and Rice cancel. */
const NEAR = 0.1

/** ln P(S ≥ m) for m ≥ 0 and positive sizes. */
function saddlepointTail(sizes: Float64Array, energy: number): (m: number) => number {
  const sums = powerSums(sizes)
  const cubic = sums[0] / (3 * energy)
  const top = sizes.reduce((total, size) => total + size, 0)
  const spread = Math.sqrt(energy)
  return (m) => {
    if (m >= top) return m > top ? -Infinity : -sizes.length * Math.LN2
    const z = m / spread
    if (z < NEAR) return ln(edgeworth(z, energy, sums))
    const guess = m / energy
    return lugannaniRice(sizes, m, saddle(sizes, m, guess * (1 + cubic * guess * guess)))
  }
}

/** The tail near 0, to third order. */
function edgeworth(z: number, energy: number, [fourth, sixth, eighth]: readonly number[]): number {
  const c4 = (-2 * fourth) / energy ** 2
  const c6 = (16 * sixth) / energy ** 3
  const c8 = (-272 * eighth) / energy ** 4
  const z2 = z * z
  const h3 = z * (z2 - 3)
  const h5 = z * ((z2 - 10) * z2 + 15)
  const h7 = z * (((z2 - 21) * z2 + 105) * z2 - 105)
  const h9 = z * ((((z2 - 36) * z2 + 378) * z2 - 1260) * z2 + 945)
  const h11 = z * (((((z2 - 55) * z2 + 990) * z2 - 6930) * z2 + 17325) * z2 - 10395)
  const first = (c4 / 24) * h3
  const second = (c6 / 720) * h5 + (c4 ** 2 / 1152) * h7
  const third = (c8 / 40320) * h7 + ((c4 * c6) / 17280) * h9 + (c4 ** 3 / 82944) * h11
  return exponential(logNormalTail(z)) + normalDensity(z) * (first + second + third)
}

/** The h > 0 for which the law tilted by e^(hS) has mean m, from a guess at it; 0 < m < Σ sizes. */
export function saddle(sizes: Float64Array, m: number, guess: number): number {
  let h = guess
  for (let i = 0; i < 100; i++) {
    let [mean, variance] = [0, 0]
    for (let j = 0; j < sizes.length; j++) {
      const e = exp(-2 * h * sizes[j])
      const t = (1 - e) / (1 + e)
      mean += sizes[j] * t
      variance += sizes[j] * sizes[j] * (1 - t * t)
    }
    // The mean is concave in h > 0: from below Newton's method stays below, and a step from above goes there.
    const next = Math.max(h / 2, h + (m - mean) / variance)
    const done = Math.abs(next - h) <= 1e-7 * h
    h = next
    if (done) break
  }
  return h
}

function lugannaniRice(sizes: Float64Array, m: number, h: number): number {
  let [variance, third, fourth, sum, product, log] = [0, 0, 0, 0, 1, 0]
  for (let j = 0; j < sizes.length; j++) {
    const r = sizes[j]
    const e = exp(-2 * h * r)
    const t = (1 - e) / (1 + e)
    const rest = 1 - t * t
    const square = r * r
    variance += square * rest
    third -= 2 * square * r * t * rest
    fourth += square * square * rest * (4 - 6 * rest)
    sum += r
    product *= (1 + e) / 2
    if (product < 1e-290) {
      log += ln(product)
      product = 1
    }
  }
  const cumulant = h * sum + log + ln(product)
  const w = Math.sqrt(2 * (h * m - cumulant))
  const u = h * Math.sqrt(variance)
  const skew = third / variance ** 1.5
  const kurtosis = fourth / variance ** 2
  const first = 1 / u - 1 / w
  const next = (kurtosis / 8 - (5 * skew * skew) / 24) / u - skew / (2 * u * u) - 1 / u ** 3 + 1 / w ** 3
  const logTail = logNormalTail(w)
  const ratio = exponential(-(w * w) / 2 - LOG_ROOT_TWO_PI - logTail)
  return logTail + ln(1 + ratio * (first + next))
}

const LOG_ROOT_TWO_PI = 0.9189385332046727

/** Steps of the inversion to a standard deviation, and standard deviations that it goes to, of the tilted law. */
const STEP = 0.25
const REACH = 12
const MOST_STEPS = 4000

/** ln P(S ≥ m) = ln (1/2π) ∫ e^(K(h + iu) − (h + iu)m)/(h + iu) du, for m ≥ 0 and positive sizes; any h > 0. */
function inversionTail(sizes: Float64Array, energy: number): (m: number) => number {
  const top = sizes.reduce((total, size) => total + size, 0)
  const spread = Math.sqrt(energy)
  const step = STEP / spread
  const turn = sizes.map((size) => sine(size * step))
  const stay = turn.map((sin) => Math.sqrt(1 - sin * sin))
  return (m) => {
    if (m >= top) return m > top ? -Infinity : -sizes.length * Math.LN2
    const h = Math.max(m > 0 ? saddle(sizes, m, m / energy) : 0, 1 / spread)
    const lean = new Float64Array(sizes.length)
    let [variance, log] = [0, 0]
    for (let j = 0; j < sizes.length; j++) {
      const e = exp(-2 * h * sizes[j])
      lean[j] = (1 - e) / (1 + e)
      variance += sizes[j] ** 2 * (1 - lean[j] ** 2)
      log += h * sizes[j] + ln((1 + e) / 2)
    }
    const steps = Math.min(MOST_STEPS, (REACH * spread) / STEP / Math.sqrt(variance))
    return log - h * m + ln((step / Math.PI) * lineSum(lean, turn, stay, h, m, step, steps))
  }
}

/** sin x for |x| ≤ ¼, by its series. */
function sine(x: number): number {
  const square = x * x
  let [term, sum] = [x, x]
  for (let n = 2; n < 16; n += 2) {
    term *= -square / (n * (n + 1))
    sum += term
  }
  return sum
}

/** Σ Re e^(K(h + iu) − K(h) − ium)/(h + iu) over u = 0, step, 2·step, …, the first by half. */
function lineSum(
  lean: Float64Array,
  turn: Float64Array,
  stay: Float64Array,
  h: number,
  m: number,
  step: number,
  steps: number,
): number {
  const cos = new Float64Array(lean.length).fill(1)
  const sin = new Float64Array(lean.length)
  let sum = 1 / (2 * h)
  for (let i = 1; i < steps; i++) {
    // Of Π (cos ur_j + i·tanh(hr_j)·sin ur_j), and of the bar.
    let [re, im] = [1, 0]
    for (let j = 0; j < lean.length; j++) {
      const c = cos[j] * stay[j] - sin[j] * turn[j]
      const s = cos[j] * turn[j] + sin[j] * stay[j]
      cos[j] = c
      sin[j] = s
      const lifted = lean[j] * s
      const next = re * c - im * lifted
      im = re * lifted + im * c
      re = next
    }
    const u = i * step
    const angle = -u * m
    const [x, y] = [Math.cos(angle), Math.sin(angle)]
    sum += ((re * x - im * y) * h + (re * y + im * x) * u) / (h * h + u * u)
  }
  return sum
}

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
