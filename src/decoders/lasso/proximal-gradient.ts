import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Selected, Wanted } from '../../kernels/sign-matrix.js'
import { inner } from '../../numerics/inner.js'
import { type CoefficientRange, type Coefficients, dual } from './objective.js'

/**
 * Curvature that a step is taken with at first, the squared norm of one codeword, and its growth until it is enough.
 */
const [FLATTEST, STEEPER] = [1, 1.5]
/** Beyond what any codewords ask for: there it is rounding that does, and the step next to none. */
const STEEPEST = 2 ** 400

/** A sparse y, its indices ascending, and Fy. */
interface Point extends Coefficients {
  readonly indices: readonly number[]
  readonly values: readonly number[]
  readonly encoded: Float64Array
}

/** A codeword where the next y may not be zero, its entry of z and its score. */
interface Candidate {
  readonly index: number
  readonly value: number
  readonly score: number
}

/**
 * Proximal gradient steps on ½‖x − Fy‖² + λ‖y‖₁ over a range of y: y ← z + Fᵀ(x − Fz)/L, softly thresholded at λ/L,
 * from y = 0.
 *
 * ISTA steps from z = y, and the objective never grows (Daubechies, Defrise & De Mol 2004). FISTA steps from beyond
 * y, z = y + a part of the last step (Beck & Teboulle 2009): faster in the worst case, but the objective may grow;
 * then it starts again from rest (O'Donoghue & Candès 2015). L need not bound ‖F‖²: it grows until ‖FΔ‖² ≤ L‖Δ‖² for
 * the step Δ at hand, which is all that either proof asks for.
 */
export class ProximalGradient {
  /** y. */
  point: Point
  /** The objective at y. */
  objective: number
  /** The objective less the best lower bound on its minimum so far, relative to it. */
  gap = 1
  /** x − Fz. */
  residual: Float64Array
  readonly #many: BatchedDictionary
  readonly #code: Float64Array
  readonly #range: CoefficientRange
  readonly #accelerated: boolean
  /** ‖FΔ‖² that may be nothing but rounding. */
  readonly #rounding: number
  #lambda: number
  #bound = 0
  #curvature = FLATTEST
  /** z. */
  #from: Point
  /** Of the momentum; 1 at rest. */
  #t = 1

  constructor(
    many: BatchedDictionary,
    code: Float64Array,
    lambda: number,
    range: CoefficientRange,
    accelerated: boolean,
  ) {
    this.#many = many
    this.#code = code
    this.#lambda = lambda
    this.#range = range
    this.#accelerated = accelerated
    this.point = { indices: [], values: [], encoded: new Float64Array(code.length) }
    this.#from = this.point
    this.residual = code
    this.objective = inner(code, code) / 2
    this.#rounding = 1e-28 * inner(code, code)
  }

  get lambda(): number {
    return this.#lambda
  }

  /** Go on from y, at rest, with another λ. */
  set lambda(lambda: number) {
    this.#lambda = lambda
    this.#bound = 0
    this.gap = 1
    this.#curvature = FLATTEST
    this.objective = this.#objectiveAt(this.point)
    this.#rest()
  }

  /** The scores that the next step needs: where z is not zero, and where they pass λ. */
  get wanted(): Wanted {
    const low = this.#range === 'any' ? -this.#lambda : -Infinity
    return { low, high: this.#lambda, also: this.#from.indices }
  }

  /** One step, by those of the scores Fᵀ(x − Fz) that are `wanted`; others may come with them. */
  step(selected: Selected): void {
    const { value } = dual(this.#code, this.residual, selected.scores, this.#lambda, this.#range)
    this.#bound = Math.max(this.#bound, value)
    const before = this.point
    const last = this.objective
    this.point = this.#descend(selected)
    this.objective = this.#objectiveAt(this.point)
    this.gap = Math.max(0, this.objective - this.#bound) / (this.objective || 1)
    if (this.#accelerated && this.objective <= last) this.#goBeyond(before)
    else this.#rest()
  }

  #rest(): void {
    this.#t = 1
    this.#setFrom(this.point)
  }

  #goBeyond(before: Point): void {
    const t = (1 + Math.sqrt(1 + 4 * this.#t ** 2)) / 2
    this.#setFrom(beyond(this.point, before, (this.#t - 1) / t))
    this.#t = t
  }

  #setFrom(point: Point): void {
    this.#from = point
    this.residual = this.#remainder(point)
  }

  /** The proximal step from z, with the curvature raised until it is enough for it. */
  #descend(selected: Selected): Point {
    const from = this.#from
    const candidates = this.#candidates(selected)
    for (;;) {
      const indices: number[] = []
      const values: number[] = []
      let moved = 0
      for (const { index, value, score } of candidates) {
        const next = this.#shrink(value + score / this.#curvature)
        moved += (next - value) ** 2
        if (next === 0) continue
        indices.push(index)
        values.push(next)
      }
      const encoded = this.#many.combine(indices, values)
      const change = encoded.map((entry, j) => entry - from.encoded[j])
      const enough = this.#curvature * moved + this.#rounding
      if (inner(change, change) <= enough || this.#curvature >= STEEPEST) return { indices, values, encoded }
      this.#curvature *= STEEPER
    }
  }

  /** Where z + Fᵀ(x − Fz)/L may pass the threshold λ/L: where z is not zero, or the score passes λ. */
  #candidates({ indices, scores }: Selected): Candidate[] {
    const from = this.#from
    const { low, high } = this.wanted
    const candidates: Candidate[] = []
    let m = 0
    for (let at = 0; at < indices.length; at++) {
      const [index, score] = [indices[at], scores[at]]
      if (index === from.indices[m]) candidates.push({ index, value: from.values[m++], score })
      else if (score < low || score > high) candidates.push({ index, value: 0, score })
    }
    return candidates
  }

  /** The proximal map of λ/L times the norm over the range. */
  #shrink(value: number): number {
    const bar = this.#lambda / this.#curvature
    if (this.#range === 'any') return value > bar ? value - bar : value < -bar ? value + bar : 0
    const least = Math.max(0, value - bar)
    return this.#range === 'unit' ? Math.min(1, least) : least
  }

  #objectiveAt(point: Point): number {
    const rest = this.#remainder(point)
    return inner(rest, rest) / 2 + this.#lambda * point.values.reduce((sum, y) => sum + Math.abs(y), 0)
  }

  #remainder({ encoded }: Point): Float64Array {
    return this.#code.map((entry, j) => entry - encoded[j])
  }
}

/** a + share·(a − b). */
function beyond(a: Point, b: Point, share: number): Point {
  const indices: number[] = []
  const values: number[] = []
  for (let m = 0, n = 0; m < a.indices.length || n < b.indices.length; ) {
    const [i, j] = [a.indices[m] ?? Infinity, b.indices[n] ?? Infinity]
    indices.push(Math.min(i, j))
    values.push((i <= j ? (1 + share) * a.values[m] : 0) - (j <= i ? share * b.values[n] : 0))
    if (i <= j) m++
    if (j <= i) n++
  }
  return { indices, values, encoded: a.encoded.map((entry, j) => entry + share * (entry - b.encoded[j])) }
}
