import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { iterateSelective, type SelectiveIteration } from '../batched-iteration.js'
import { aboveBar, candidateBar } from '../candidate-bar.js'
import { reportingDecoder, unexplained } from '../decode-report.js'
import { largest } from '../largest.js'
import { byProjection } from '../norms.js'
import { checkOptions, countRule } from '../options.js'
import { byText, type Ranking, ranked, ranking } from '../ranking.js'
import { Fit, heaviest } from './fit.js'

interface Options {
  /** Codewords taken a step. @defaultValue k/4, at least 1 */
  readonly width?: number
  readonly by?: Ranking
}

/** Relative precision of scores, 2^-BITS: they only rank. */
const BITS = 20

/**
 * Generalised orthogonal matching pursuit (Wang, Kwon & Shim 2012): at most k times, and while there are fewer than d
 * codewords in the fit, take the `width` codewords of largest inner product with the residual and refit all taken by
 * least squares; stop when the residual is zero. The answer is the k of largest coefficient. With width 1 it is OMP.
 *
 * By magnitude it recovers every k-subset when δ_{k·width} < √width/(√k + 3√width) for 1 < k (their Theorem 3.8). A
 * step costs one pass over the dictionary, seldom two, and O(t²·width² + t·width·d) at step t.
 * @throws RangeError unless `width` is an integer ≥ 1
 * @since 0.1.0
 */
export function generalisedOmp(options: Options = {}) {
  const { width, by = 'value' } = checkOptions('generalisedOmp', options, { width: countRule, by: ranking })
  return reportingDecoder(
    {
      name: by === 'value' ? 'generalised-omp' : 'generalised-omp-magnitude',
      source: 'Wang, Kwon & Shim 2012',
      label: `generalised OMP${byText(by)}`,
      family: 'greedy',
      general: 'revealing',
      ...(by === 'value' && { law: 'generalised-omp' }),
    },
    (dictionary, codes, k) => {
      const perStep = width ?? Math.max(1, Math.floor(k / 4))
      return iterateSelective(
        byProjection(dictionary),
        codes,
        (many, code) => pursuit(many, code, k, perStep, by),
        BITS,
      )
    },
  )
}

function pursuit(
  many: BatchedDictionary,
  code: Float64Array,
  k: number,
  width: number,
  by: Ranking,
): SelectiveIteration {
  const fit = new Fit(many, code)
  const taken = new Set<number>()
  let residual = code
  let steps = 0
  let misses = 0
  const joining = () => Math.min(width, many.size - taken.size)
  const bar = () => candidateBar(residual, many.size, joining(), by, misses)
  const enough = () => steps >= k || taken.size >= Math.min(many.size, Math.max(k, many.dimension))
  const explained = () => taken.size >= k && residual.every((entry) => entry === 0)
  return {
    get residual() {
      return residual
    },
    get done() {
      return explained() || enough()
    },
    get wanted() {
      return aboveBar(bar(), by)
    },
    step({ indices, scores }) {
      const free = [...indices.keys()].filter((m) => !taken.has(indices[m]))
      if (free.length < joining()) {
        misses++
        return
      }
      misses = 0
      steps++
      const order = ranked(
        Float64Array.from(free, (m) => scores[m]),
        by,
      )
      for (const at of largest(order, joining())) {
        const i = indices[free[at]]
        taken.add(i)
        fit.add(i)
      }
      residual = fit.residual()
    },
    report(passes) {
      const answer = heaviest(fit, taken, k, by)
      const left = unexplained(many, code, answer)
      return { answer, converged: explained(), residual: left, iterations: steps, passes }
    },
  }
}
