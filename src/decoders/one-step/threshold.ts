import { inner } from '../../numerics/inner.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { oneStep } from '../member-rules/conditional.js'
import { barReads } from '../member-rules/general/bar-reads.js'
import { RIPPLE, thresholdFailing, thresholdRule } from '../member-rules/threshold.js'
import { byUnitStep } from '../norms.js'
import { checkOption, finiteRule, flagRule } from '../options.js'
import { reaching } from './reaching.js'

/**
 * Threshold decoding: i is in Ŷ iff ⟨f_i, X⟩ ≥ τ (Definition 1, τ = ½). The answer may have any size.
 * One pass over the dictionary. Where ‖f_i‖² = g is not 1, the score is ⟨f_i, X⟩ − (g − 1)/2.
 *
 * @param tau τ, a finite number in units where codewords have norm 1
 * @param relative whether the bar is τ·‖X‖/√d in place of τ: τ standard deviations of a random codeword's score
 * @throws RangeError for another τ
 * @since 0.1.0
 */
export function threshold(tau = 0.5, relative = false) {
  checkOption('threshold', 'tau', tau, finiteRule)
  checkOption('threshold', 'relative', relative, flagRule)
  if (relative) return relativeThreshold(tau)
  return fixedStepsDecoder(
    {
      name: tau === 0.5 ? 'threshold' : `threshold:${tau}`,
      source: 'Definition 1',
      label: tau === 0.5 ? 'threshold' : `threshold ${tau}`,
      family: 'one-step',
      ...(tau === 0.5 && { law: 'threshold' }),
      ripple: RIPPLE,
      conditional: oneStep(
        thresholdRule(() => tau),
        thresholdFailing(() => tau),
      ),
      general: barReads(() => tau),
      fixedBar: () => tau,
      sizeVaries: true,
      // ε-orthogonal codewords with ε = 1/(2k) (Section 3.3); the bound on a member is strict for any τ ≤ ½.
      ...(tau === 0.5 && { coherenceGuarantee: (k: number) => 1 / (2 * k) }),
    },
    (dictionary, codes) =>
      byUnitStep(dictionary)
        .correlateMany(codes)
        .map((scores) => reaching(scores, tau)),
  )
}

/** A bar that goes with the code's length: a code that happens to be long has no more false positives. */
const relativeThreshold = (tau: number) =>
  fixedStepsDecoder(
    {
      name: `relative-threshold:${tau}`,
      source: 'Definition 1',
      label: `relative threshold ${tau}`,
      family: 'one-step',
      general: barReads(({ code, shape }) => (tau * Math.sqrt(inner(code, code))) / shape.d),
      generalTrials: 4000,
      sizeVaries: true,
    },
    (dictionary, codes) => {
      const scale = tau / Math.sqrt(dictionary.dimension)
      return byUnitStep(dictionary)
        .correlateMany(codes)
        .map((scores, c) => reaching(scores, scale * Math.sqrt(inner(codes[c], codes[c]))))
    },
  )
