import { sumPatterns } from './score-characteristic.js'
import type { Frequency, ScoreWindow, WindowFunction } from './score-window.js'

/** Of the elementary symmetric polynomial e_j of h(s_1), …, h(s_k), averaged over layers h. */
export interface SymmetricMeans {
  /** E e_j */
  readonly value: number
  /** E (|z|² − dk)·∂e_j/∂|z|² */
  readonly sloped: number
}

/**
 * −ln of how far the characteristic function is followed, for one subset of j members; and where the window holds all
 * scores.
 */
const NATS = 12
const ALL_NATS = 700
/** Terms and subsets that a mean may have: some tens of milliseconds, and rounding errors below 1e-5. */
const MOST_TERMS = 300_000
const MOST_SUBSETS = 1e8

/**
 * The exact means of e_1, e_2, … up to e_most, as far as they do not take too many terms, for a random code of k
 * codewords x_m of d fair signs. A score s_m = ⟨x_m, z⟩, z = Σ x_m, is a sum of d independent terms, so that E e^(iΣ
 * u_m s_m) = φ(u)^d in closed form, and the mean of h(s_1)…h(s_j) is a sum over j-fold products of Fourier
 * coefficients on the scores' lattice, of which φ^d leaves few. Error of a mean below 1e-6; where d is about ten,
 * 1e-5 of the mean.
 *
 * @param most at most k − 2
 */
export function symmetricMeans(
  window: ScoreWindow,
  layers: readonly WindowFunction[],
  most: number,
): SymmetricMeans[] {
  const { k, whole } = window
  const all = window.frequencies(layers, whole ? ALL_NATS : NATS + Math.log(MOST_SUBSETS))
  const means: SymmetricMeans[] = []
  let subsets = 1
  for (let j = 1; j <= most; j++) {
    subsets *= (k - j + 1) / j
    const nats = whole ? ALL_NATS : NATS + Math.log(subsets)
    const frequencies = all.filter((frequency) => frequency.nats <= nats)
    let terms = 1
    for (let i = 0; i < j; i++) terms *= (frequencies.length + i) / (i + 1)
    if (terms > MOST_TERMS || subsets > MOST_SUBSETS) break
    means.push(new FourierSum(window, frequencies, j, nats).times(subsets))
  }
  return means
}

/** What the frequencies chosen so far come to. */
interface Choice {
  readonly count: number
  /** Place of the last among all frequencies, and how often it was chosen. */
  readonly at: number
  readonly run: number
  /** Number of orders of the choice. */
  readonly orders: number
  readonly nats: number
  readonly offset: number
  readonly n: number
}

class FourierSum {
  readonly #window: ScoreWindow
  readonly #frequencies: readonly Frequency[]
  readonly #j: number
  readonly #nats: number
  readonly #u: Float64Array
  /** Of the first 0, 1, …, j frequencies chosen, the products of coefficients, as a frequency has them. */
  readonly #products: Float64Array[]
  readonly #patterns = { re: 0, im: 0, squareRe: 0, squareIm: 0 }
  #value = 0
  #sloped = 0

  constructor(window: ScoreWindow, frequencies: readonly Frequency[], j: number, nats: number) {
    this.#window = window
    this.#frequencies = frequencies
    this.#j = j
    this.#nats = nats
    this.#u = new Float64Array(j)
    const { length } = frequencies[0].coefficients
    this.#products = Array.from({ length: j + 1 }, () => new Float64Array(length))
    for (let at = 0; at < length; at += 4) this.#products[0][at] = 4 / length
  }

  times(subsets: number): SymmetricMeans {
    this.#add({ count: 0, at: 0, run: 0, orders: 1, nats: 0, offset: 0, n: 0 })
    return { value: subsets * this.#value, sloped: subsets * this.#sloped }
  }

  /** Adds all terms that begin with a choice and go on in the frequencies' order. */
  #add(so: Choice): void {
    const count = so.count + 1
    for (let at = so.at; at < this.#frequencies.length; at++) {
      const next = this.#frequencies[at]
      // They rise.
      if (so.nats + (this.#j - so.count) * next.nats > this.#nats) return
      // j!/Π(lengths of runs)!, a factor at a time.
      const run = at === so.at ? so.run + 1 : 1
      const orders = (so.orders * count) / run
      const offset = so.offset + next.offset
      // A term and that of the opposite frequencies are conjugates.
      if (count === this.#j && offset < 0) continue
      this.#u[so.count] = (Math.PI * next.n) / this.#window.points
      multiply(this.#products[so.count], next.coefficients, this.#products[count])
      const choice = { count, at, run, orders, nats: so.nats + next.nats, offset, n: so.n + next.n }
      if (count < this.#j) this.#add(choice)
      else this.#addTerm(choice.n, offset > 0 ? 2 * orders : orders)
    }
  }

  #addTerm(n: number, weight: number): void {
    const { d, k, points, lowest } = this.#window
    const patterns = this.#patterns
    sumPatterns(this.#u, k - this.#j, patterns)
    const { re, im, squareRe, squareIm } = patterns
    const size = Math.hypot(re, im)
    const log = d * Math.log(size / 2 ** (this.#j - 1))
    if (log < -this.#nats) return
    // The window starts at `lowest`.
    const angle = d * Math.atan2(im, re) - (Math.PI * n * lowest) / points
    const scale = weight * Math.exp(log)
    const x = scale * Math.cos(angle)
    const y = scale * Math.sin(angle)
    // E |z|²·e^(iu·s) = d·φ^(d−1)·ψ = d·φ^d·ψ/φ.
    const excessRe = d * ((squareRe * re + squareIm * im) / (size * size) - k)
    const excessIm = (d * (squareIm * re - squareRe * im)) / (size * size)
    const product = this.#products[this.#j]
    let [valueRe, valueIm, slopeRe, slopeIm] = [0, 0, 0, 0]
    for (let at = 0; at < product.length; ) {
      valueRe += product[at++]
      valueIm += product[at++]
      slopeRe += product[at++]
      slopeIm += product[at++]
    }
    this.#value += valueRe * x - valueIm * y
    this.#sloped += slopeRe * (x * excessRe - y * excessIm) - slopeIm * (x * excessIm + y * excessRe)
  }
}

/** Products of values and the slopes of these products, layer by layer. */
function multiply(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let at = 0; at < out.length; at += 4) {
    const [re, im, slopeRe, slopeIm] = [a[at], a[at + 1], a[at + 2], a[at + 3]]
    const [byRe, byIm, bySlopeRe, bySlopeIm] = [b[at], b[at + 1], b[at + 2], b[at + 3]]
    out[at] = re * byRe - im * byIm
    out[at + 1] = re * byIm + im * byRe
    out[at + 2] = slopeRe * byRe - slopeIm * byIm + re * bySlopeRe - im * bySlopeIm
    out[at + 3] = slopeRe * byIm + slopeIm * byRe + re * bySlopeIm + im * bySlopeRe
  }
}
