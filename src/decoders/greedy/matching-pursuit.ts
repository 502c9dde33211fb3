import type { Dictionary } from '../../codes/problem.js'
import { addScaled } from '../../numerics/add-scaled.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { stepwise } from '../member-rules/conditional.js'
import { matchingPursuitRule, type Step } from '../member-rules/matching-pursuit.js'
import { byProjection, byUnitStep } from '../norms.js'
import { checkOption, nameRule } from '../options.js'

/**
 * Matching pursuit (Section 3.5; the projection step is Mallat & Zhang 1993): k times, take the codeword of largest
 * inner product with the residual, the lowest index among ties, and subtract a step of it. The answer is the support
 * of y: a run that takes a codeword twice has failed, and answers with fewer than k. A step costs one pass over the
 * dictionary and O(d). Codewords of other norms are ranked by how much a step shortens the residual.
 *
 * @since 0.1.0
 */
export function matchingPursuit(step: Step = 'unit') {
  checkOption('matchingPursuit', 'step', step, nameRule('unit', 'projection'))
  return fixedStepsDecoder(
    {
      name: step === 'unit' ? 'matching-pursuit' : 'matching-pursuit-projection',
      source: step === 'unit' ? 'Section 3.5' : 'Mallat & Zhang 1993',
      label: step === 'unit' ? 'matching pursuit' : 'MP by projection',
      family: 'greedy',
      law: step === 'unit' ? 'matching-pursuit' : 'matching-pursuit-projection',
      conditional: stepwise(matchingPursuitRule(step)),
      general: 'revealing',
      sizeVaries: true,
      ...(step === 'unit' && { coherenceGuarantee: (k: number) => 1 / (2 * k - 1) }),
    },
    (dictionary, codes, k) => pursue(dictionary, codes, k, step).map((picks) => [...new Set(picks)]),
    (k) => k,
  )
}

/** The codewords that matching pursuit takes, in order, repeats included: k for each code. */
export function pursue(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  k: number,
  step: Step,
): number[][] {
  const many = step === 'unit' ? byUnitStep(dictionary) : byProjection(dictionary)
  const residuals = codes.map((code) => code.slice())
  const picks: number[][] = codes.map(() => [])
  for (let t = 0; t < k; t++) {
    many.argmaxMany(residuals).forEach(({ index, score }, c) => {
      picks[c].push(index)
      addScaled(residuals[c], step === 'unit' ? -1 : -score, many.codeword(index))
    })
  }
  return picks
}
