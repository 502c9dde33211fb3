import type { ManyCodes } from '../../codes/many-codes.js'
import { largest } from '../largest.js'
import type { Round } from '../rounds.js'
import { type Optimality, optimality, type Range, remainder } from './objective.js'
import type { Restricted } from './restricted.js'

/** A y, and how far it is from the minimum. */
export interface Solution extends Optimality {
  /** Where y is not zero, and its values there. */
  readonly indices: number[]
  readonly values: number[]
  readonly converged: boolean
  /** The solver's steps. */
  readonly steps: number
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

/**
 * min ½‖x − Fy‖² + λ‖y‖₁ over a range of y, by a working set: the problem restricted to some codewords is solved, and those outside
 * whose conditions are violated join, the worst first, from pass to pass over the dictionary. λ falls to its final value in
 * factors of 2, so that few join that are not needed in the end.
 */
export function workingSet(
  many: ManyCodes,
  code: Float64Array,
  final: number,
  range: Range,
  restricted: Restricted,
  limit: number,
): Round<Solution> {
  const joined = new Set<number>()
  const room = Math.max(JOINING_LEAST, Math.ceil(JOINING * many.dimension))
  const sided = range === 'any' ? Math.abs : (score: number) => score
  let lambda = Infinity
  let exhausted = false
  let found: Optimality | undefined

  const tolerance = () => lambda * (lambda > final ? LOOSE : TIGHT)
  const coefficients = () => {
    const used = restricted.columns.filter(({ weight }) => weight > 0)
    return {
      indices: used.map(({ index }) => index),
      values: used.map(({ sign, weight }) => sign * weight),
    }
  }
  /** Codewords that may join at this λ. */
  const violated = (scores: Float64Array) => {
    const bar = lambda + tolerance()
    const over: number[] = []
    for (let i = 0; i < scores.length; i++) {
      if (sided(scores[i]) > bar && !joined.has(scores[i] < 0 ? ~i : i)) over.push(i)
    }
    return over
  }
  return {
    get residual() {
      return restricted.residual
    },
    get done() {
      return found !== undefined
    },
    step(scores) {
      let lowered = false
      if (lambda === Infinity) lambda = scores.reduce((most, score) => Math.max(most, sided(score)), final)
      let over = violated(scores)
      while (over.length === 0 && lambda > final) {
        lowered = true
        lambda = Math.max(final, RATIO * lambda)
        over = violated(scores)
      }
      if (exhausted || (over.length === 0 && !lowered)) {
        found = optimality(code, restricted.residual, scores, coefficients(), final, range)
        return
      }
      const worst = largest(
        over.map((i) => sided(scores[i])),
        room,
      )
      for (const i of worst.map((m) => over[m])) {
        joined.add(scores[i] < 0 ? ~i : i)
        restricted.add(i, scores[i] < 0 ? -1 : 1, many.codeword(i))
      }
      exhausted = !restricted.minimise(lambda, tolerance(), limit) && lambda === final
      restricted.residual = remainder(many, code, coefficients())
    },
    report(passes) {
      const { steps } = restricted
      return { ...coefficients(), ...found!, converged: found!.violation <= VIOLATION, steps, passes }
    },
  }
}
