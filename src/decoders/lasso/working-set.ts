import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Selected, Wanted } from '../../kernels/sign-matrix.js'
import { ALL_SCORES, type SelectiveIteration } from '../batched-iteration.js'
import { largest } from '../largest.js'
import { type Optimality, optimality, type Range, remainder } from './objective.js'
import type { Restricted } from './restricted.js'
import { ScoreMemory } from './score-memory.js'

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
 * whose conditions are violated join, the worst first, from pass to pass over the dictionary. Where none joins λ falls, to its final value in
 * factors of 2, so that few join that are not needed in the end.
 */
export function workingSet(
  many: BatchedDictionary,
  code: Float64Array,
  final: number,
  range: Range,
  restricted: Restricted,
  limit: number,
): SelectiveIteration<Solution> {
  const joined = new Set<number>()
  const room = Math.max(JOINING_LEAST, Math.ceil(JOINING * many.dimension))
  const sided = range === 'any' ? Math.abs : (score: number) => score
  const memory = new ScoreMemory(many.size)
  let lambda = Infinity
  /** The λ that the restricted problem was last solved at; y = 0 solves it from the largest score on. */
  let solved = Infinity
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
  const beyond = (): Wanted => ({
    low: range === 'any' ? -lambda : -Infinity,
    high: lambda,
    also: coefficients().indices,
  })
  /** Where among the scores the codewords are that may join at this λ. */
  const violated = ({ indices, scores }: Selected) => {
    const least = lambda + tolerance()
    const over: number[] = []
    for (let m = 0; m < scores.length; m++) {
      if (sided(scores[m]) > least && !joined.has(scores[m] < 0 ? ~indices[m] : indices[m])) over.push(m)
    }
    return over
  }
  const join = ({ indices, scores }: Selected, over: readonly number[]) => {
    const worst = largest(
      over.map((m) => sided(scores[m])),
      room,
    )
    for (const m of worst.map((at) => over[at])) {
      const sign = scores[m] < 0 ? -1 : 1
      joined.add(sign < 0 ? ~indices[m] : indices[m])
      restricted.add(indices[m], sign, many.codeword(indices[m]))
    }
  }
  return {
    get residual() {
      return restricted.residual
    },
    get done() {
      return found !== undefined
    },
    get wanted() {
      return lambda === Infinity ? ALL_SCORES : memory.wanted(restricted.residual, beyond())
    },
    step(selected) {
      if (lambda < Infinity) memory.learn(selected, beyond())
      else {
        solved = selected.scores.reduce((most, score) => Math.max(most, sided(score)), final)
        lambda = Math.max(final, RATIO * solved)
      }
      const over = violated(selected)
      if (exhausted || (over.length === 0 && solved === final)) {
        found = optimality(code, restricted.residual, selected, coefficients(), final, range)
        return
      }
      if (over.length > 0) join(selected, over)
      else if (lambda > final) {
        lambda = Math.max(final, RATIO * lambda)
        // Another pass takes time as N, a step of the solver as n²: where that is more, some join first.
        if (coefficients().indices.length ** 2 > many.size) return
      }
      exhausted = !restricted.minimise(lambda, tolerance(), limit) && lambda === final
      solved = lambda
      restricted.residual = remainder(many, code, coefficients())
    },
    report(passes) {
      const { steps } = restricted
      return { ...coefficients(), ...found!, converged: found!.violation <= VIOLATION, steps, passes }
    },
  }
}
