import { fixedStepsDecoder } from '../decode-report.js'
import { largest } from '../largest.js'
import { oneStep } from '../member-rules/conditional.js'
import { topReads } from '../member-rules/general/top-reads.js'
import { topKFailing, topKRule } from '../member-rules/top-k.js'
import { byUnitStep } from '../norms.js'

/**
 * Top-k decoding: the k indices of largest ⟨f_i, X⟩ (Definition 2); the lowest index wins a tie. One pass over the
 * dictionary. Where ‖f_i‖² = g is not 1, the score is ⟨f_i, X⟩ − (g − 1)/2.
 *
 * @since 0.1.0
 */
export const topK = () =>
  fixedStepsDecoder(
    {
      name: 'top-k',
      source: 'Definition 2',
      label: 'top-k',
      family: 'one-step',
      law: 'top-k',
      coherenceGuarantee: (k) => 1 / (2 * k - 1),
      conditional: oneStep(topKRule, topKFailing),
      general: topReads,
      generalTrials: 1500,
    },
    (dictionary, codes, k) =>
      byUnitStep(dictionary)
        .correlateMany(codes)
        .map((scores) => largest(scores, k)),
  )
