import { mapThreshold as boundary } from '../../bounds/map-boundary.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { oneStep } from '../member-rules/conditional.js'
import { barReads } from '../member-rules/general/bar-reads.js'
import { mapTau, RIPPLE, thresholdFailing, thresholdRule } from '../member-rules/threshold.js'
import { byUnitStep } from '../norms.js'
import { reaching } from './reaching.js'

/**
 * Threshold decoding at the maximum a posteriori boundary τ = ½ + (k/d)·ln((N − k)/k) of a matched filter in Gaussian
 * crosstalk (Equation 2): i is in Ŷ iff ⟨f_i, X⟩ ≥ τ. Of all thresholds it makes the fewest wrong decisions on
 * average. It knows k, N and d; the answer may have any size. One pass over the dictionary.
 */
export const mapThreshold = () =>
  fixedStepsDecoder(
    {
      name: 'map-threshold',
      source: 'Equation 2',
      label: 'MAP threshold',
      family: 'one-step',
      law: 'map-threshold',
      ripple: RIPPLE,
      sizeVaries: true,
      general: barReads(({ shape }) => mapTau(shape)),
      conditional: oneStep(thresholdRule(mapTau), thresholdFailing(mapTau)),
    },
    (dictionary, codes, k) => {
      if (k === 0) return codes.map(() => [])
      const { size: N, dimension: d } = dictionary
      const tau = boundary(N, k, d)
      return byUnitStep(dictionary)
        .correlateMany(codes)
        .map((scores) => reaching(scores, tau))
    },
  )
