import { normalTail } from '../../statistics/normal.js'

/** A function h of a score and, to first order, of the code's energy |z|²: at every score of a window. */
export interface WindowFunction {
  readonly value: Float64Array
  /** ∂h/∂|z|² */
  readonly slope: Float64Array
}

/** A frequency of the window, and the Fourier coefficients (1/points)·Σ_t h(t)·e^(−iut) of some layers there. */
export interface Frequency {
  /** In steps of 2π/points. */
  readonly n: number
  /**
   * How many steps it is from 0 or, nearer the lattice's other end, from points/2; that of its conjugate is opposite.
   */
  readonly offset: number
  /** Nearly −ln |φ^d| of one score. */
  readonly nats: number
  /** Of each layer: real and imaginary part of its value's, of its slope's. */
  readonly coefficients: Float64Array
}

/**
 * Half the window, in standard deviations of a score: beyond lies a probability of 1e-10. A table falls to 0 about
 * TAPER.at.
 */
const REACH = 6.5
const TAPER = { at: 5.9, width: 0.12 }
/** Where the coefficients at the lattice's other end come to less, products of two of them have nothing there. */
const SMOOTH = 1e-3

/** The scores of a member of a random code that are at all likely, out of d + (a sum of d(k − 1) signs). */
export class ScoreWindow {
  readonly k: number
  readonly d: number
  /** The lowest score; scores move in steps of 2. */
  readonly lowest: number
  /** Number of scores: even. */
  readonly points: number
  /** Whether these are all scores. */
  readonly whole: boolean

  /** @param k at least 3 */
  constructor(k: number, d: number) {
    this.k = k
    this.d = d
    const pairs = d * (k - 1)
    const reach = REACH * Math.sqrt(pairs)
    this.whole = pairs <= reach
    this.points = 2 * Math.ceil((this.whole ? pairs : reach) / 2) + 2
    this.lowest = d - pairs + 2 * Math.floor((pairs - this.points) / 2 + 1)
  }

  /** All scores of the window. */
  scores(): Float64Array {
    return Float64Array.from({ length: this.points }, (_, t) => this.lowest + 2 * t)
  }

  /** A table over the scores, made smooth where the window's ends meet, where hardly a score falls. */
  fade(table: Float64Array): Float64Array {
    if (this.whole) return table
    const spread = Math.sqrt(this.d * (this.k - 1))
    return table.map((entry, t) => {
      const away = Math.abs(this.lowest + 2 * t - this.d) / spread
      return entry * normalTail((away - TAPER.at) / TAPER.width)
    })
  }

  /** Where a score stands in such a table; one outside the window at its nearer end. */
  indexOf(score: number): number {
    return Math.max(0, Math.min(this.points - 1, (score - this.lowest) / 2))
  }

  /**
   * The frequencies that φ^d leaves, down to e^(−nats), those where it is largest first: near 0, and near the
   * lattice's other end, where the characteristic function of several scores comes back, unless the layers have
   * nothing there.
   */
  frequencies(layers: readonly WindowFunction[], nats: number): Frequency[] {
    const { k, d, points } = this
    const [near, far]: [Frequency[], Frequency[]] = [[], []]
    let rough = 0
    for (let n = 0; n < points; n++) {
      const m = n > points / 2 ? n - points : n
      const isFar = Math.abs(m) > points / 4
      const offset = isFar ? m - (Math.sign(m) * points) / 2 : m
      // The scores' correlation 1/(k − 1) narrows their joint law: k − 2 for k − 1.
      const cost = -d * (k - 2) * Math.log(Math.cos((Math.PI * offset) / points))
      if (cost > nats) continue
      const frequency = { n, offset, nats: cost, coefficients: coefficients(layers, n, points) }
      if (isFar) rough += frequency.coefficients.reduce((most, c) => Math.max(most, Math.abs(c)), 0)
      const side = isFar ? far : near
      side.push(frequency)
    }
    return [...near, ...(this.whole || rough > SMOOTH ? far : [])].sort((a, b) => a.nats - b.nats)
  }
}

function coefficients(layers: readonly WindowFunction[], n: number, points: number): Float64Array {
  const out = new Float64Array(4 * layers.length)
  for (let t = 0; t < points; t++) {
    const angle = (-2 * Math.PI * ((n * t) % points)) / points
    const re = Math.cos(angle) / points
    const im = Math.sin(angle) / points
    for (let l = 0, at = 0; l < layers.length; l++) {
      const { value, slope } = layers[l]
      out[at++] += value[t] * re
      out[at++] += value[t] * im
      out[at++] += slope[t] * re
      out[at++] += slope[t] * im
    }
  }
  return out
}
