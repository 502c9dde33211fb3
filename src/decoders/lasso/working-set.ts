import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Selected, Wanted } from '../../kernels/sign-matrix.js'
import { ALL_SCORES, type SelectiveIteration } from '../batched-iteration.js'
import { largest } from '../largest.js'
import { type CoefficientRange, type Optimality, optimality, remainder, sided } from './objective.js'
import type { Restricted } from './restricted.js'
import { ScoreMemory } from './score-memory.js'

/** A y, and how far it is from the minimum. @since 0.1.0 */
export interface Solution extends Optimality {
  /** Where y is not zero, and its values there. */
  readonly indices: number[]
  readonly values: number[]
  /** Whether the optimality conditions hold to 1e-6 of λ. */
  readonly converged: boolean
  /** The solver's steps. */
  readonly steps: number
  /** Passes over the dictionary. */
  readonly passes: number
}

/** λ falls to its final value by this factor at a time. */
const RATIO = 0.5
/** Codewords that join at a time, as a part of d, and at least. */
const [JOINING, JOINING_LEAST] = [0.1, 16]
/** Violations that are left for a smaller λ, relative to λ. */
const LOOSE = 0.1
/** At the final λ, where TIGHT are left, the conditions hold when violated by no more than VIOLATION, relative to λ. */
const [TIGHT, VIOLATION] = [1e-7, 1e-6]

/** A problem min ½‖x − Fy‖² + λ‖y‖₁ over a range of y, and how it is solved over few codewords. */
interface Minimisation {
  /** The final λ, positive. */
  readonly lambda: number
  readonly range: CoefficientRange
  readonly restricted: Restricted
  /** Most steps of its solver a call. */
  readonly limit: number
  /** The largest norm of a codeword. */
  readonly longest: number
}

/**
 * That minimum by a working set: the problem restricted to some codewords is solved, and those outside whose
 * conditions are violated join, the worst first, from pass to pass over the dictionary. Where none joins λ falls, to
 * its final value in factors of 2, so that few join that are not needed in the end.
 */
export class WorkingSet implements SelectiveIteration<Solution> {
  readonly #many: BatchedDictionary
  readonly #code: Float64Array
  readonly #final: number
  readonly #range: CoefficientRange
  readonly #height: (score: number) => number
  readonly #restricted: Restricted
  readonly #limit: number
  readonly #memory: ScoreMemory
  /** Those that have joined: i, or ~i with a minus sign. */
  readonly #joined = new Set<number>()
  #lambda = Infinity
  /** The λ that the restricted problem was last solved at; y = 0 solves it from the largest score on. */
  #solved = Infinity
  #exhausted = false
  #found: Optimality | undefined

  constructor(
    many: BatchedDictionary,
    code: Float64Array,
    { lambda, range, restricted, limit, longest }: Minimisation,
  ) {
    this.#many = many
    this.#code = code
    this.#final = lambda
    this.#range = range
    this.#height = sided(range)
    this.#restricted = restricted
    this.#limit = limit
    this.#memory = new ScoreMemory(many.size, longest)
  }

  get residual(): Float64Array {
    return this.#restricted.residual
  }

  get done(): boolean {
    return this.#found !== undefined
  }

  get wanted(): Wanted {
    return this.#lambda === Infinity ? ALL_SCORES : this.#memory.wanted(this.residual, this.#beyond())
  }

  step(selected: Selected): void {
    if (this.#lambda < Infinity) this.#memory.learn(selected, this.#beyond())
    else this.#begin(selected)
    const over = this.#violated(selected)
    if (this.#exhausted || (over.length === 0 && this.#solved === this.#final)) {
      const { residual } = this
      this.#found = optimality(this.#code, residual, selected, this.#coefficients(), this.#final, this.#range)
      return
    }
    if (over.length > 0) this.#join(selected, over)
    else if (this.#lambda > this.#final) {
      this.#lambda = Math.max(this.#final, RATIO * this.#lambda)
      // Another pass takes time as N, a step of the solver as n²: where that is more, some join first.
      if (this.#coefficients().indices.length ** 2 > this.#many.size) return
    }
    this.#solve()
  }

  report(passes: number): Solution {
    const found = this.#found!
    const converged = found.violation <= VIOLATION
    return { ...this.#coefficients(), ...found, converged, steps: this.#restricted.steps, passes }
  }

  /** The first λ, below the largest score. */
  #begin({ scores }: Selected): void {
    this.#solved = scores.reduce((most, score) => Math.max(most, this.#height(score)), this.#final)
    this.#lambda = Math.max(this.#final, RATIO * this.#solved)
  }

  #solve(): void {
    const lambda = this.#lambda
    const reached = this.#restricted.minimise(lambda, this.#tolerance(), this.#limit)
    this.#exhausted = !reached && lambda === this.#final
    this.#solved = lambda
    this.#restricted.residual = remainder(this.#many, this.#code, this.#coefficients())
  }

  /** Where among the scores the codewords are that may join at this λ. */
  #violated({ indices, scores }: Selected): number[] {
    const least = this.#lambda + this.#tolerance()
    const over: number[] = []
    for (let m = 0; m < scores.length; m++) {
      if (this.#height(scores[m]) > least && !this.#joined.has(joinedAs(indices[m], scores[m]))) over.push(m)
    }
    return over
  }

  #join({ indices, scores }: Selected, over: readonly number[]): void {
    const room = Math.max(JOINING_LEAST, Math.ceil(JOINING * this.#many.dimension))
    const heights = over.map((m) => this.#height(scores[m]))
    for (const m of largest(heights, room).map((at) => over[at])) {
      this.#joined.add(joinedAs(indices[m], scores[m]))
      this.#restricted.add(indices[m], Math.sign(scores[m]), this.#many.codeword(indices[m]))
    }
  }

  #beyond(): Wanted {
    const low = this.#range === 'any' ? -this.#lambda : -Infinity
    return { low, high: this.#lambda, also: this.#coefficients().indices }
  }

  #coefficients(): { indices: number[]; values: number[] } {
    const used = this.#restricted.columns.filter(({ weight }) => weight > 0)
    return {
      indices: used.map(({ index }) => index),
      values: used.map(({ sign, weight }) => sign * weight),
    }
  }

  #tolerance(): number {
    return this.#lambda * (this.#lambda > this.#final ? LOOSE : TIGHT)
  }
}

/** A codeword and the sign of its coefficient in one number. */
const joinedAs = (index: number, score: number): number => (score < 0 ? ~index : index)
