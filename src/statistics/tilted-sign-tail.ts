import { exp, exponential } from '../numerics/exp.js'
import { ln } from '../numerics/special/logarithms.js'
import { logNormalTail, normalDensity } from './normal.js'

// Tails of sums of weighted signs by tilting their law: by expansion at the saddlepoint, and by inversion there.

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

/** What a sum of weighted signs has beside one sign to each weight. */
export interface More {
  /** Signs to each weight. */
  readonly times: number
  /** The variance of a normal number that is added. */
  readonly gaussian: number
}

const NO_MORE: More = { times: 1, gaussian: 0 }

/** ln P(S ≥ m) for m ≥ 0 and positive sizes. */
export function saddlepointTail(sizes: Float64Array, energy: number, more = NO_MORE): (m: number) => number {
  const { times, gaussian } = more
  const sums = powerSums(sizes).map((sum) => times * sum)
  const cubic = sums[0] / (3 * energy)
  const top = gaussian > 0 ? Infinity : times * sizes.reduce((total, size) => total + size, 0)
  const spread = Math.sqrt(energy)
  return (m) => {
    if (m >= top) return m > top ? -Infinity : -times * sizes.length * Math.LN2
    const z = m / spread
    if (z < NEAR) return ln(edgeworth(z, energy, sums))
    const guess = m / energy
    return lugannaniRice(sizes, m, saddle(sizes, m, guess * (1 + cubic * guess * guess), more), more)
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
export function saddle(
  sizes: Float64Array,
  m: number,
  guess: number,
  { times, gaussian }: More = NO_MORE,
): number {
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
    const next = Math.max(h / 2, h + (m - times * mean - gaussian * h) / (times * variance + gaussian))
    const done = Math.abs(next - h) <= 1e-7 * h
    h = next
    if (done) break
  }
  return h
}

function lugannaniRice(sizes: Float64Array, m: number, h: number, { times, gaussian }: More): number {
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
  const cumulant = times * (h * sum + log + ln(product)) + (gaussian * h * h) / 2
  variance = times * variance + gaussian
  const w = Math.sqrt(2 * (h * m - cumulant))
  const u = h * Math.sqrt(variance)
  const skew = (times * third) / variance ** 1.5
  const kurtosis = (times * fourth) / variance ** 2
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
export function inversionTail(sizes: Float64Array, energy: number): (m: number) => number {
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
