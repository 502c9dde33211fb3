import { mapBar } from '../../bounds/map-boundary.js'
import type { Shape } from '../../codes/model.js'
import type { CodeModel } from '../../codes/problem.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { oneStep } from '../member-rules/conditional.js'
import { barReads } from '../member-rules/general/bar-reads.js'
import type { FixedBar } from '../member-rules/general/reads.js'
import { mapTau, RIPPLE, thresholdFailing, thresholdRule } from '../member-rules/threshold.js'
import { byUnitStep } from '../norms.js'
import { reaching } from './reaching.js'

/** That of the paper's model where there is no other. */
const modelTau = (shape: Shape, model?: Pick<CodeModel, 'noise' | 'amplitudes'>): number =>
  model && shape.k > 0 && shape.k < shape.N ? mapBar(shape, model.noise, model.amplitudes) : mapTau(shape)

const modelBar: FixedBar = ({ shape, model }) => modelTau(shape, model)

/**
 * Threshold decoding at the maximum a posteriori boundary τ = ½ + (k/d)·ln((N − k)/k) of a matched filter in Gaussian
 * crosstalk (Equation 2): i is in Ŷ iff ⟨f_i, X⟩ ≥ τ. Of all thresholds it makes the fewest wrong decisions on
 * average. It knows k, N and d, and the law of amplitudes and the noise of the problem's model; the answer may have
 * any size. One pass over the dictionary. Where ‖f_i‖² = g is not 1, the score is ⟨f_i, X⟩ − (g − 1)/2.
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
      general: barReads(modelBar),
      fixedBar: modelBar,
      conditional: oneStep(thresholdRule(mapTau), thresholdFailing(mapTau)),
    },
    (dictionary, codes, k, model) => {
      if (k === 0) return codes.map(() => [])
      const { size: N, dimension: d } = dictionary
      const tau = modelTau({ N, k, d }, model)
      return byUnitStep(dictionary)
        .correlateMany(codes)
        .map((scores) => reaching(scores, tau))
    },
  )
