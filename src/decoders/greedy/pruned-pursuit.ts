import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { inner } from '../../numerics/inner.js'
import { iterateSelective, type SelectiveIteration } from '../batched-iteration.js'
import { aboveBar, candidateBar } from '../candidate-bar.js'
import { reportingDecoder, unexplained } from '../decode-report.js'
import { largest } from '../largest.js'
import { byProjection } from '../norms.js'
import { checkOptions, countRule } from '../options.js'
import { byText, type Ranking, ranked, ranking } from '../ranking.js'
import { Fit, heaviest, withoutRounding } from './fit.js'

interface Pruning {
  /** Codewords that join the k kept for a fit. */
  readonly widen: number
  /** Fit the k kept once more, or keep their coefficients of the wider fit. */
  readonly refit: boolean
  /** Most iterations. */
  readonly iterations: number
  readonly by: Ranking
}

export interface PruningOptions {
  /** Most iterations; 50 unless given. */
  readonly iterations?: number
  readonly by?: Ranking
}

/** What CoSaMP and subspace pursuit differ in. */
interface Variant {
  /** The function that makes it, as errors call it. */
  readonly where: string
  readonly name: string
  readonly source: string
  readonly label: string
  /** Codewords that join for a fit, for each of the k kept. */
  readonly widen: number
  readonly refit: boolean
}

/** Relative precision of scores, 2^-SCORE_BITS: they only rank. */
export const SCORE_BITS = 20

/** The decoder of a variant. */
export function prunedPursuitDecoder(variant: Variant, options: PruningOptions) {
  const { where, name, source, label, widen, refit } = variant
  const { iterations = 50, by = 'value' } = checkOptions(where, options, {
    iterations: countRule,
    by: ranking,
  })
  return reportingDecoder(
    {
      name: by === 'value' ? name : `${name}-magnitude`,
      source,
      label: `${label}${byText(by)}`,
      family: 'greedy',
      general: 'revealing',
      ...(by === 'value' && { law: name }),
    },
    (dictionary, codes, k) =>
      iterateSelective(
        byProjection(dictionary),
        codes,
        (many, code) => prunedPursuit(many, code, k, { widen: widen * k, refit, iterations, by }),
        SCORE_BITS,
      ),
  )
}

/**
 * What CoSaMP and subspace pursuit share: join the k kept with the `widen` codewords of largest inner product with
 * the residual, fit them all by least squares, keep the k of largest coefficient; until the residual no longer gets
 * shorter, and then take the k before.
 */
function prunedPursuit(
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
      if (scores.length < joining) {
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
