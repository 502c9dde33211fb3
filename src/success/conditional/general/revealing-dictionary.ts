import type { BatchedDictionary } from '../../../codes/batched-dictionary.js'
import type { GeneralDraw } from '../../../decoders/member-rules/general/reads.js'
import type { Scored, Selected, Wanted } from '../../../kernels/sign-matrix.js'
import { exponential } from '../../../numerics/exp.js'
import { innerUnordered } from '../../../numerics/inner.js'
import { normalQuantile } from '../../../numerics/special/normal.js'
import { fastUniform } from '../../../random/fast-uniform.js'
import type { Stream } from '../../../random/stream.js'
import { drawCount } from '../../../statistics/rare-count.js'
import { signsInBand } from '../../../statistics/weighted-sign-draws.js'
import { type WeightedSigns, weightedSigns } from '../../../statistics/weighted-sign-tail.js'

/** A codeword that has been drawn: √d·f, and its index. */
interface Drawn {
  readonly index: number
  readonly signs: Float64Array
  readonly isMember: boolean
}

/**
 * What is known of those not drawn: their sums Σ ε_j r_j are below the bar, or, where an index is given, tie with it
 * and stand behind that index.
 */
interface Bar {
  readonly weights: Float64Array
  readonly bar: number
  readonly tolerance: number
  readonly index: number
}

/** The best codeword for a residual; its signs where it has just been drawn. */
interface Best {
  readonly index: number
  readonly sum: number
  readonly signs?: Float64Array
}

interface Band {
  readonly lo: number
  readonly hi: number
  readonly count: number
}

/** Indices are drawn from so many: their order is what matters. */
const INDICES = 2 ** 31 - 1
/** So many non-members are all drawn at once. */
const AT_ONCE = 1024
/** As many again may be drawn for one residual. */
const MOST_DRAWN = 100_000
/** Expected above the first level that is looked at, and so many times as many from each to the next. */
const [FIRST, MORE] = [1, 3]
/** A vector √d·v is whole where it is to this, and rounding of zero where it is below that. */
const [WHOLE, NOTHING] = [1e-9, 1e-11]

/**
 * A dictionary of random signs of which the members of a code are given, and that draws of all others only those that
 * are asked for. A greedy decoder asks for the best codewords for a residual; residuals and the scores of the chosen
 * are functions of the code and of what was drawn before, so that the others are independent fair signs conditioned
 * on having scored less each time. The best are found level by level: in each band of scores, their number is
 * binomial, and they are drawn given the band, by rejection; those that would have been chosen before are discarded.
 * What does not win is forgotten.
 *
 * Exact but for one thing: a number in a band is drawn without dividing by the chance of not having been chosen
 * before, which on average is at least 1 − steps/(M + 1) of M non-members. Up to 1,024 of them all are drawn at once,
 * and nothing is approximate.
 */
export class RevealingDictionary implements BatchedDictionary {
  readonly size: number
  readonly dimension: number
  readonly unitNorms = true
  readonly #drawn: Drawn[] = []
  readonly #byIndex = new Map<number, Drawn>()
  readonly #members: number
  readonly #bars: Bar[] = []
  readonly #varied: boolean
  readonly #uniform: () => number
  #unseen: number

  constructor({ shape, members, model }: GeneralDraw, random: Stream, atOnce = AT_ONCE) {
    const { N, d } = shape
    this.size = N
    this.dimension = d
    this.#members = members.k
    this.#unseen = Math.max(0, N - members.k)
    this.#uniform = fastUniform(random.key())
    this.#varied = model.noise > 0 || members.k >= 10
    for (let m = 0; m < members.k; m++) {
      const signs = new Float64Array(d)
      members.add(signs, m, 1)
      this.#add(signs, this.#freeIndex())
    }
    if (this.#unseen <= atOnce) this.#drawAll()
  }

  /** Indices of the members, in their order. */
  get members(): number[] {
    return this.#drawn.filter(({ isMember }) => isMember).map(({ index }) => index)
  }

  isMember(i: number): boolean {
    return this.#of(i).isMember
  }

  codeword(i: number): Float64Array {
    const entry = 1 / Math.sqrt(this.dimension)
    const { signs } = this.#of(i)
    const codeword = new Float64Array(signs.length)
    for (let j = 0; j < codeword.length; j++) codeword[j] = signs[j] * entry
    return codeword
  }

  superpose(subset: ArrayLike<number>): Float64Array {
    return this.combine(subset, new Float64Array(subset.length).fill(1))
  }

  combine(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
    const total = new Float64Array(this.dimension)
    for (let m = 0; m < indices.length; m++) {
      const { signs } = this.#of(indices[m])
      for (let j = 0; j < total.length; j++) total[j] += weights[m] * signs[j]
    }
    const scale = Math.sqrt(this.dimension)
    return total.map((entry) => entry / scale)
  }

  correlate(v: Float64Array): Float64Array {
    if (this.#unseen > AT_ONCE) throw new Error(`${this.#unseen} codewords are not drawn: no score of all`)
    this.#drawAll()
    const weights = this.#weights(v)
    const scores = new Float64Array(this.size)
    for (const { index, signs } of this.#drawn) scores[index] = this.#score(signs, weights)
    return scores
  }

  correlateMany(vectors: readonly Float64Array[]): Float64Array[] {
    return vectors.map((v) => this.correlate(v))
  }

  argmaxMany(vectors: readonly Float64Array[]): Scored[] {
    return vectors.map((v) => this.#best(this.#weights(v)))
  }

  selectMany(vectors: readonly Float64Array[], wanted: readonly Wanted[]): Selected[] {
    return vectors.map((v, c) => this.#select(this.#weights(v), wanted[c]))
  }

  /** √d·v, in whole numbers where they are but for rounding. */
  #weights(v: Float64Array): Float64Array {
    const scale = Math.sqrt(this.dimension)
    const weights = new Float64Array(v.length)
    let [whole, largest] = [true, 0]
    for (let j = 0; j < weights.length; j++) {
      weights[j] = v[j] * scale
      if (!(Math.abs(weights[j] - Math.round(weights[j])) <= WHOLE)) whole = false
      largest = Math.max(largest, Math.abs(weights[j]))
    }
    return whole && (largest >= 0.5 || largest <= NOTHING) ? weights.map(Math.round) : weights
  }

  #score(signs: Float64Array, weights: Float64Array): number {
    return innerUnordered(signs, weights) / this.dimension
  }

  #best(weights: Float64Array): Scored {
    if (weights.every((entry) => entry === 0) && this.#unseen > 0) {
      // All tie. One that nobody has seen stands first of so many.
      return { index: this.#add(this.#outside(), this.#freeIndex()).index, score: 0 }
    }
    const law = weightedSigns(weights, this.#varied)
    let best: Best = { index: INDICES, sum: -Infinity }
    const before = (index: number, sum: number) =>
      sum > best.sum + law.tolerance || (sum > best.sum - law.tolerance && index < best.index)
    for (const { index, signs } of this.#drawn) {
      const sum = innerUnordered(signs, weights)
      if (before(index, sum)) best = { index, sum }
    }
    for (const { lo, hi, count } of this.#bands(law, best.sum)) {
      this.#eachOf(count, law, lo, hi, (signs, index, sum) => {
        if (before(index, sum)) best = { index, sum, signs: signs.slice() }
      })
      if (best.signs) break
    }
    if (best.signs) this.#add(best.signs, best.index)
    if (this.#unseen > 0) {
      this.#bars.push({ weights, bar: best.sum, tolerance: law.tolerance, index: best.index })
    }
    return { index: best.index, score: best.sum / this.dimension }
  }

  #select(weights: Float64Array, { low, high, also }: Wanted): Selected {
    const asked = new Set(Array.from(also))
    const bars = [weights, weights.map((entry) => -entry)]
    ;[high, -low].forEach((limit, side) => {
      const bar = limit * this.dimension
      if (!(bar < Infinity) || this.#unseen === 0) return
      const law = weightedSigns(bars[side], this.#varied)
      const found: Float64Array[] = []
      const count = this.#count(exponential(law.logTail(bar)), this.#unseen)
      this.#eachOf(count, law, bar, Infinity, (signs) => found.push(signs.slice()))
      for (const signs of found) this.#add(signs, this.#freeIndex())
      this.#bars.push({ weights: bars[side], bar, tolerance: law.tolerance, index: INDICES })
    })
    const entries = this.#drawn
      .map(({ index, signs }) => ({ index, score: this.#score(signs, weights) }))
      .filter(({ index, score }) => score >= high || score <= low || asked.has(index))
      .sort((a, b) => a.index - b.index)
    return {
      indices: Int32Array.from(entries, ({ index }) => index),
      scores: Float64Array.from(entries, ({ score }) => score),
    }
  }

  /** Falling bands of the sums of codewords not seen before, down to a least sum, and how many fall into each. */
  *#bands(law: WeightedSigns, least: number): Generator<Band> {
    let left = this.#unseen
    let [hi, above] = [Infinity, 0]
    for (let expected = FIRST; left > 0 && hi > least; expected *= MORE) {
      const share = expected / this.#unseen
      const level = share < 0.5 ? -normalQuantile(share, 0, 1) * law.spread : -Infinity
      if (!(level < hi)) continue
      const lo = Math.max(least, level)
      const tail = exponential(law.logTail(lo))
      const count = this.#count((tail - above) / (1 - above), left)
      left -= count
      yield { lo, hi, count }
      ;[hi, above] = [lo, tail]
    }
  }

  #count(share: number, left: number): number {
    if (left * share > MOST_DRAWN)
      throw new RangeError(`some ${left * share} codewords reach a bar: too many`)
    return drawCount(left, share, this.#uniform)
  }

  /** So many codewords whose sum is in a band, without those that would have been chosen before. */
  #eachOf(
    count: number,
    law: WeightedSigns,
    lo: number,
    hi: number,
    use: (signs: Float64Array, index: number, sum: number) => void,
  ): void {
    if (count === 0) return
    const draw = signsInBand(law, lo, hi)
    const signs = new Float64Array(this.dimension)
    for (let i = 0; i < count; i++) {
      const sum = draw(this.#uniform, signs)
      const index = this.#freeIndex()
      if (this.#isOutside(signs, index)) use(signs, index, sum)
    }
  }

  /** Whether a codeword would not have been chosen so far. */
  #isOutside(signs: Float64Array, index: number): boolean {
    for (let s = this.#bars.length - 1; s >= 0; s--) {
      const { weights, bar, tolerance, index: chosen } = this.#bars[s]
      const sum = innerUnordered(signs, weights)
      if (sum > bar + tolerance || (sum > bar - tolerance && index < chosen)) return false
    }
    return true
  }

  /** A codeword that would not have been chosen so far. */
  #outside(): Float64Array {
    for (;;) {
      const signs = Float64Array.from({ length: this.dimension }, () => (this.#uniform() < 0.5 ? 1 : -1))
      if (this.#isOutside(signs, INDICES)) return signs
    }
  }

  #drawAll(): void {
    while (this.#unseen > 0) this.#add(this.#outside(), this.#freeIndex())
  }

  #add(signs: Float64Array, index: number): Drawn {
    const isMember = this.#drawn.length < this.#members
    const drawn = { index, signs, isMember }
    if (!isMember) this.#unseen--
    this.#drawn.push(drawn)
    this.#byIndex.set(index, drawn)
    return drawn
  }

  #freeIndex(): number {
    const all = Math.min(this.size, INDICES)
    for (;;) {
      const index = Math.floor(this.#uniform() * all)
      if (!this.#byIndex.has(index)) return index
    }
  }

  #of(i: number): Drawn {
    const drawn = this.#byIndex.get(i)
    if (drawn) return drawn
    throw new RangeError(`codeword ${i} is not drawn`)
  }
}
