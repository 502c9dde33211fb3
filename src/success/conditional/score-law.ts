import { normalTail } from '../../statistics/normal.js'

/** A Fourier coefficient ĝ(n) = (1/L)·Σ_t g(t)·e^(−2πint/L) of a function on the L points of the window. */
export interface Coefficient {
  readonly n: number
  readonly re: number
  readonly im: number
  readonly size: number
}

/** Half the window, in standard deviations of a score. A table falls to 0 about TAPER.at: beyond it lies a probability of some 1e-10. */
const REACH = 8
const TAPER = { at: 7.2, width: 0.17 }
/** Terms below this are left out. */
const NEGLIGIBLE = 1e-12
/** −ln of what the characteristic function has to reach. */
const NATS = 20
/** Terms that one mean may take: some tens of milliseconds. */
const MOST_TERMS = 75_000

/** Means over the members of a random code, |z|² = Σ s_m being its energy. */
export interface ScoreMeans {
  /** E g(s_1)…g(s_j) */
  readonly product: number
  /** E |z|²·g(s_1)…g(s_j) */
  readonly withEnergy: number
}

/**
 * The joint law of the members' scores s_m = ⟨x_m, z⟩, z = Σ x_m, of a code of k codewords x_m of d fair signs. A score is a sum of d independent
 * terms, so that E e^(iΣ u_m s_m) = φ(u)^d in closed form, and the mean of g(s_1)…g(s_j) is a sum over j-fold products of
 * Fourier coefficients on the scores' lattice, of which φ^d leaves few. Relative error of a mean below 1e-7.
 */
export class ScoreLaw {
  readonly k: number
  readonly d: number
  /** The lowest score of the window; scores move in steps of 2. */
  readonly lowest: number
  /** Points of the window: even. */
  readonly points: number

  /** Whether the window holds every score. */
  readonly #whole: boolean

  /** @param k at least 3 */
  constructor(k: number, d: number) {
    this.k = k
    this.d = d
    const pairs = d * (k - 1)
    this.#whole = pairs <= REACH * Math.sqrt(pairs)
    this.points = 2 * Math.ceil(this.#whole ? pairs / 2 : (REACH * Math.sqrt(pairs)) / 2) + 2
    this.lowest = d - pairs + 2 * Math.floor((pairs - this.points) / 2 + 1)
  }

  /** g at every score of the window; smooth where the window's ends meet, where hardly a score falls. */
  tabulate(g: (score: number) => number): Float64Array {
    const { d, k, lowest, points } = this
    const spread = Math.sqrt(d * (k - 1))
    return Float64Array.from({ length: points }, (_, t) => {
      const score = lowest + 2 * t
      if (this.#whole) return g(score)
      return g(score) * normalTail((Math.abs(score - d) / spread - TAPER.at) / TAPER.width)
    })
  }

  /** Where a score stands in such a table; one outside the window at its nearer end. */
  indexOf(score: number): number {
    return Math.max(0, Math.min(this.points - 1, (score - this.lowest) / 2))
  }

  /**
   * The coefficients of a tabulated g that φ^d leaves, the largest first: near 0, and near the lattice's other end, where the characteristic
   * function of several scores comes back.
   */
  coefficients(g: Float64Array): Coefficient[] {
    const { d, k, points } = this
    // The scores' correlation 1/(k − 1) narrows their joint law.
    const variance = d * (k - 1) * Math.max(1 / 4, 1 - 1 / (k - 1))
    const most = Math.min(
      Math.floor(points / 4),
      Math.ceil((Math.sqrt((2 * NATS) / variance) * points) / Math.PI),
    )
    const around = (middle: number) =>
      Array.from({ length: 2 * most + 1 }, (_, i) => (middle + i - most + points) % points)
    const all = [...new Set([...around(0), ...around(points / 2)])].map((n) => coefficient(g, n))
    // Those at the other end come in pairs.
    return all
      .filter(({ n, size }) => (n <= most || n >= points - most ? size : size * size) > NEGLIGIBLE)
      .sort((a, b) => b.size - a.size)
  }

  /** The means over j members, 1 ≤ j ≤ k, of a g by its coefficients; undefined where that would take too many terms. */
  means(coefficients: readonly Coefficient[], j: number): ScoreMeans | undefined {
    let terms = 1
    for (let i = 0; i < j; i++) terms *= (coefficients.length + i) / (i + 1)
    if (terms > MOST_TERMS) return undefined
    const sum = { product: 0, withEnergy: 0 }
    this.#add(coefficients, new Float64Array(j), 0, 0, { re: 1, im: 0, shift: 0, balance: 0, run: 0 }, sum)
    return sum
  }

  /** Adds all terms that begin with the first `chosen` of the frequencies u, the last of which is that of coefficient `at`. */
  #add(
    coefficients: readonly Coefficient[],
    u: Float64Array,
    chosen: number,
    at: number,
    so: { re: number; im: number; shift: number; balance: number; run: number },
    sum: { product: number; withEnergy: number },
  ): void {
    if (chosen === u.length) {
      // g is real: a term and the one of opposite frequencies add up to twice a real part.
      if (so.balance > 0) this.#addTerm(u, { ...so, re: 2 * so.re, im: 2 * so.im }, sum)
      else if (so.balance === 0) this.#addTerm(u, so, sum)
      return
    }
    for (let i = at; i < coefficients.length; i++) {
      const { n, re, im, size } = coefficients[i]
      // The sizes fall.
      if (Math.hypot(so.re, so.im) * size ** (u.length - chosen) < NEGLIGIBLE) return
      // In how many orders: j!/Π(runs of equal ones)!, a factor at a time.
      const run = chosen > 0 && i === at ? so.run + 1 : 1
      const orders = (chosen + 1) / run
      u[chosen] = (Math.PI * n) / this.points
      const next = {
        re: (so.re * re - so.im * im) * orders,
        im: (so.re * im + so.im * re) * orders,
        shift: so.shift + n,
        balance: so.balance + (2 * n < this.points ? n : 2 * n > this.points ? n - this.points : 0),
        run,
      }
      this.#add(coefficients, u, chosen + 1, i, next, sum)
    }
  }

  #addTerm(
    u: Float64Array,
    { re, im, shift }: { re: number; im: number; shift: number },
    sum: { product: number; withEnergy: number },
  ): void {
    const { d, k, points, lowest } = this
    const n = k - u.length
    let [re1, im1, re2, im2] = [0, 0, 0, 0]
    const patterns = 2 ** (u.length - 1)
    // The signs of a coordinate of the j members; all of them turned round give the same.
    for (let pattern = 0; pattern < patterns; pattern++) {
      let a = 0
      let S = 0
      for (let m = 0; m < u.length; m++) {
        const sign = (pattern >> m) & 1 ? -1 : 1
        a += sign * u[m]
        S += sign
      }
      const c = Math.cos(a)
      const s = Math.sin(a)
      const x = Math.cos(a * S)
      const y = Math.sin(a * S)
      // E e^(iaR), E R·e^(iaR)/i and E R²·e^(iaR) for the sum R of n signs.
      const zeroth = c ** n
      const first = n > 0 ? n * c ** (n - 1) * s : 0
      const second = n * zeroth - (n > 1 ? n * (n - 1) * c ** (n - 2) * s * s : 0)
      re1 += x * zeroth
      im1 += y * zeroth
      const square = S * S * zeroth + second
      re2 += x * square - y * 2 * S * first
      im2 += y * square + x * 2 * S * first
    }
    const size = Math.hypot(re1, im1)
    const log = d * Math.log(size / patterns)
    if (log < -NATS) return
    // The window starts at `lowest`.
    const angle = d * Math.atan2(im1, re1) - (Math.PI * shift * lowest) / points
    const scale = Math.exp(log)
    const px = scale * Math.cos(angle)
    const py = scale * Math.sin(angle)
    const tx = re * px - im * py
    const ty = re * py + im * px
    sum.product += tx
    // d·φ^(d−1)·ψ = d·φ^d·ψ/φ.
    const qx = re2 * re1 + im2 * im1
    const qy = im2 * re1 - re2 * im1
    sum.withEnergy += (d * (tx * qx - ty * qy)) / (size * size)
  }
}

function coefficient(g: Float64Array, n: number): Coefficient {
  let re = 0
  let im = 0
  for (let t = 0; t < g.length; t++) {
    const angle = (-2 * Math.PI * ((n * t) % g.length)) / g.length
    re += g[t] * Math.cos(angle)
    im += g[t] * Math.sin(angle)
  }
  re /= g.length
  im /= g.length
  return { n, re, im, size: Math.hypot(re, im) }
}
