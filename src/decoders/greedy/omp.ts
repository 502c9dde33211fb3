import { batched } from '../../codes/batched-dictionary.js'
import type { Dictionary } from '../../codes/problem.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { stepwise } from '../member-rules/conditional.js'
import { orthogonalMatchingPursuitRule } from '../member-rules/omp.js'
import { byProjection } from '../norms.js'
import { checkOption } from '../options.js'
import { byText, firstOutside, type Ranking, ranking } from '../ranking.js'
import { Fit } from './fit.js'

/**
 * Orthogonal matching pursuit (Pati, Rezaiifar & Krishnaprasad 1993; the author response): k times, take the codeword
 * of largest inner product with the residual among those not taken, the lowest index among ties, and refit the
 * coefficients of all taken by least squares. The answer is what was taken.
 *
 * Recovers every k-subset when μ < 1/(2k − 1) (Tropp 2004, Corollary 3.6). By magnitude also wherever Tropp's exact
 * recovery coefficient is below 1 (Theorem 3.1) or δ_{k+1} < 1/√(k + 1) (Mo 2015). Reliable from d = 2k ln(N − k) for
 * large N (Fletcher & Rangan 2012). A step costs one pass over the dictionary and O(kd).
 * Codewords are ranked as if scaled to norm 1.
 *
 * @since 0.1.0
 */
export function orthogonalMatchingPursuit(by: Ranking = 'value') {
  checkOption('orthogonalMatchingPursuit', 'by', by, ranking)
  return fixedStepsDecoder(
    {
      name: by === 'value' ? 'orthogonal-matching-pursuit' : 'orthogonal-matching-pursuit-magnitude',
      source: 'Pati, Rezaiifar & Krishnaprasad 1993',
      label: `OMP${byText(by)}`,
      family: 'greedy',
      law: by === 'value' ? 'orthogonal-matching-pursuit' : 'orthogonal-matching-pursuit-magnitude',
      conditional: stepwise(orthogonalMatchingPursuitRule(by)),
      general: 'revealing',
      coherenceGuarantee: (k) => 1 / (2 * k - 1),
    },
    (dictionary, codes, k) => pursueOrthogonally(dictionary, codes, k, by),
    (k) => k,
  )
}

/** The codewords that orthogonal matching pursuit takes, in order: k for each code. */
export function pursueOrthogonally(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  k: number,
  by: Ranking = 'value',
): number[][] {
  const many = byProjection(dictionary)
  const given = batched(dictionary)
  const fits = codes.map((code) => new Fit(given, code))
  const taken = codes.map(() => new Set<number>())
  const residuals = codes.slice()
  for (let t = 0; t < k; t++) {
    firstOutside(many, residuals, taken, by).forEach((i, c) => {
      taken[c].add(i)
      fits[c].add(i)
      residuals[c] = fits[c].residual()
    })
  }
  return taken.map((set) => [...set])
}
