import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Dictionary } from '../../codes/problem.js'
import { ALL_SCORES, iterateSelective, type SelectiveIteration } from '../batched-iteration.js'
import { checkCodes } from '../check-problem.js'
import { type DecodeReport, type Reporting, reportingDecoder, unexplained } from '../decode-report.js'
import type { About, BuiltInDecoder, Declared } from '../decoder.js'
import { greatestNorm } from '../norms.js'
import { atLeastRule, checkOptions, countRule, flagRule, positiveRule } from '../options.js'
import { largestCoefficients } from './largest-coefficients.js'
import { type CoefficientRange, type Coefficients, LARGEST, RANGES, rangeRule, sided } from './objective.js'
import { ProximalGradient } from './proximal-gradient.js'
import { ScoreMemory } from './score-memory.js'

/** What ISTA and FISTA minimise, and how far they go. @since 0.1.0 */
export interface GradientOptions {
  /** Which coefficients are allowed. @defaultValue `'any'` */
  readonly range?: CoefficientRange
  /** α of the objective, positive. @defaultValue `1e-5`, as in the paper */
  readonly alpha?: number
  /** Most iterations. @defaultValue `500` */
  readonly iterations?: number
  /** Duality gap, relative to the objective, that counts as converged. @defaultValue `1e-3` */
  readonly tolerance?: number
  /** Whether λ falls to its final value from where y = 0 is the minimum. @defaultValue `true` */
  readonly homotopy?: boolean
}

/** Where an iteration ended. */
export interface Iterate extends Coefficients {
  /** ½‖x − Fy‖² + λ‖y‖₁ at the last λ. */
  readonly objective: number
  readonly gap: number
  readonly converged: boolean
  readonly iterations: number
  readonly passes: number
}

const rules = {
  range: rangeRule,
  alpha: positiveRule,
  iterations: countRule,
  tolerance: atLeastRule(0),
  homotopy: flagRule,
}

/** λ falls by this factor at a time, once the gap is below EARLY_GAP. */
const RATIO = 0.7
const EARLY_GAP = 0.01
/** Bits of a residual that its scores take: a step can do with them, and a gap of 1e-5 needs no more. */
const BITS = 24

/** ISTA, or with momentum FISTA: a decoder that answers with the k largest coefficients that the iteration comes to. */
export function gradientDecoder(
  method: 'ista' | 'fista',
  source: string,
  options: GradientOptions,
): BuiltInDecoder & Declared & Reporting {
  const { range = 'any' } = checkOptions(method, options, rules)
  const name = range === 'any' ? method : `${method}-${range}`
  const about: About = {
    name,
    source,
    label: `${method.toUpperCase()}${RANGES[range]}`,
    family: 'basis pursuit',
    // It minimises what basis pursuit does, and follows its law where it gets to the minimum.
    law: range === 'any' ? 'bpdn' : `bpdn-${range}`,
  }
  return reportingDecoder(about, (dictionary, codes, k) =>
    solveByGradient(dictionary, codes, method === 'fista', options).map((iterate, c): DecodeReport => {
      const answer = largestCoefficients(dictionary.size, iterate, k)
      const residual = unexplained(dictionary, codes[c], answer)
      const { converged, gap, iterations, passes } = iterate
      return { answer, converged, residual, gap, iterations, passes }
    }),
  )
}

/**
 * Minimise (1/(2d))‖x − Fy‖² + α‖y‖₁ by proximal gradient steps, along a path of falling λ = αd (Xiao & Zhang 2013):
 * at a large λ iterates are sparse, and the curvature along the steps small, which is what makes so small an α
 * feasible.
 */
export function solveByGradient(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  accelerated: boolean,
  options: GradientOptions = {},
): Iterate[] {
  const where = accelerated ? 'fista' : 'ista'
  const {
    range = 'any',
    alpha = 1e-5,
    iterations = 500,
    tolerance = 1e-3,
    homotopy = true,
  } = checkOptions(where, options, rules)
  checkCodes(where, dictionary, codes, LARGEST)
  const final = alpha * dictionary.dimension
  const height = sided(range)
  const longest = greatestNorm(dictionary)
  const start = (many: BatchedDictionary, code: Float64Array): SelectiveIteration<Iterate> => {
    const state = new ProximalGradient(many, code, final, range, accelerated)
    const memory = new ScoreMemory(many.size, longest)
    let steps = 0
    const lower = (from: number) => {
      state.lambda = Math.max(final, RATIO * from)
    }
    /** λ falls first to where the largest score, of which nothing is known yet, tells it to. */
    const starting = () => homotopy && steps === 0
    const converged = () => state.lambda === final && state.gap <= tolerance
    return {
      get residual() {
        return state.residual
      },
      get done() {
        return converged() || steps >= iterations
      },
      get wanted() {
        return starting() ? ALL_SCORES : memory.wanted(state.residual, state.wanted)
      },
      step(selected) {
        const { scores } = selected
        if (starting()) lower(scores.reduce((most, score) => Math.max(most, height(score)), 0))
        else memory.learn(selected, state.wanted)
        steps++
        state.step(selected)
        if (state.lambda > final && state.gap <= EARLY_GAP) lower(state.lambda)
      },
      report(passes) {
        const { point, objective, gap } = state
        const { indices, values } = point
        return { indices, values, objective, gap, converged: converged(), iterations: steps, passes }
      },
    }
  }
  return iterateSelective(dictionary, codes, start, BITS)
}
