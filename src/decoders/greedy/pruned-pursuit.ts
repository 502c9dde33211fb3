import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { inner } from '../../numerics/inner.js'
import type { SelectiveIteration } from '../batched-iteration.js'
import { aboveBar, candidateBar } from '../candidate-bar.js'
import { unexplained } from '../decode-report.js'
import { largest } from '../largest.js'
import { type Ranking, ranked } from '../ranking.js'
import { Fit, heaviest, withoutRounding } from './fit.js'

export interface Pruning {
  /** Codewords that join the k kept for a fit. */
  readonly widen: number
  /** Fit the k kept once more, or keep their coefficients of the wider fit. */
  readonly refit: boolean
  /** Most iterations. */
  readonly iterations: number
  readonly by: Ranking
}

/** Relative precision of scores, 2^-SCORE_BITS: they only rank. */
export const SCORE_BITS = 20

/**
 * What CoSaMP and subspace pursuit share: join the k kept with the `widen` codewords of largest inner product with
 * the residual, fit them all by least squares, keep the k of largest coefficient; until the residual no longer gets
 * shorter, and then take the k before.
 */
export function prunedPursuit(
  many: BatchedDictionary,
  code: Float64Array,
  k: number,
  how: Pruning,
): SelectiveIteration {
  const { widen, refit, iterations, by } = how
  let kept: number[] = []
  let residual = code
  let steps = 0
  let stalled = k === 0
  let misses = 0
  const joining = Math.min(widen, many.size)
  const bar = () => candidateBar(residual, many.size, joining, by, misses)
  const explained = () => residual.every((entry) => entry === 0)
  return {
    get residual() {
      return residual
    },
    get done() {
      return stalled || (kept.length === k && explained()) || steps >= iterations
    },
    get wanted() {
      return aboveBar(bar(), by)
    },
    step({ indices, scores }) {
      if (scores.length < joining && bar() > -Infinity) {
        misses++
        return
      }
      misses = 0
      steps++
      const first = largest(ranked(scores, by), joining).map((m) => indices[m])
      const candidates = new Set([...kept, ...first])
      const wide = new Fit(many, code, candidates)
      const next = heaviest(wide, candidates, k, by)
      const rest = refit ? new Fit(many, code, next).residual() : remainder(many, code, wide, next)
      if (kept.length === k && inner(rest, rest) >= inner(residual, residual)) {
        stalled = true
        return
      }
      kept = next
      residual = rest
    },
    report(passes) {
      return {
        answer: kept,
        converged: stalled || explained(),
        residual: unexplained(many, code, kept),
        iterations: steps,
        passes,
      }
    },
  }
}

/** The code less the kept codewords at their coefficients in a wider fit. */
function remainder(
  many: BatchedDictionary,
  code: Float64Array,
  wide: Fit,
  kept: readonly number[],
): Float64Array {
  const weights = wide.weights()
  const weightOf = new Map(wide.indices.map((i, m) => [i, weights[m]]))
  const part = many.combine(
    kept,
    kept.map((i) => weightOf.get(i) ?? 0),
  )
  return withoutRounding(
    code.map((entry, j) => entry - part[j]),
    code,
  )
}
