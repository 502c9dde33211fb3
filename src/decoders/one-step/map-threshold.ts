import { logRatioOf, mapBar, scoreAt } from '../../bounds/map-boundary.js'
import { parseActivity, ratesOf } from '../../codes/model/activity.js'
import type { Shape } from '../../codes/model.js'
import type { CodeModel } from '../../codes/problem.js'
import { logOddsAgainstRate } from '../../numerics/exp.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { oneStep } from '../member-rules/conditional.js'
import { barReads } from '../member-rules/general/bar-reads.js'
import { ownBarReads } from '../member-rules/general/own-bar-reads.js'
import type { FixedBar, GeneralDraw, Reads } from '../member-rules/general/reads.js'
import { mapTau, RIPPLE, thresholdFailing, thresholdRule } from '../member-rules/threshold.js'
import { byUnitStep } from '../norms.js'
import { reaching } from './reaching.js'

/** That of the paper's model where there is no other. */
const modelTau = (shape: Shape, model?: Pick<CodeModel, 'noise' | 'amplitudes'>): number =>
  model && shape.k > 0 && shape.k < shape.N ? mapBar(shape, model.noise, model.amplitudes) : mapTau(shape)

/** Whether every codeword has a rate of its own, and a bar. */
const hasRates = (active: string | undefined): boolean =>
  active !== undefined && parseActivity(active).kind === 'zipf'

const modelBar: FixedBar = ({ shape, model }) => (hasRates(model.active) ? undefined : modelTau(shape, model))

const reads = (draw: GeneralDraw): Reads =>
  draw.rates ? ownBarReads(draw, draw.rates) : barReads(({ shape, model }) => modelTau(shape, model))(draw)

/**
 * Threshold decoding at the maximum a posteriori boundary τ = ½ + (k/d)·ln((N − k)/k) of a matched filter in Gaussian
 * crosstalk (Equation 2): i is in Ŷ iff ⟨f_i, X⟩ ≥ τ. Of all thresholds it makes the fewest wrong decisions on
 * average. It knows k, N and d, and the law of amplitudes, the noise and the active codewords of the problem's model:
 * where these differ in how often they are active, each has its own bar. The answer may have any size. One pass over
 * the dictionary. Where ‖f_i‖² = g is not 1, the score is ⟨f_i, X⟩ − (g − 1)/2.
 *
 * @since 0.1.0
 */
export const mapThresholdDecoder = () =>
  fixedStepsDecoder(
    {
      name: 'map-threshold',
      source: 'Equation 2',
      label: 'MAP threshold',
      family: 'one-step',
      law: 'map-threshold',
      ripple: RIPPLE,
      sizeVaries: true,
      general: reads,
      fixedBar: modelBar,
      conditional: oneStep(thresholdRule(mapTau), thresholdFailing(mapTau)),
    },
    (dictionary, codes, k, model) => {
      if (k === 0) return codes.map(() => [])
      const { size: N, dimension: d } = dictionary
      const chosen = model && hasRates(model.active) ? ownBars({ N, k, d }, model) : undefined
      const tau = chosen ? 0 : modelTau({ N, k, d }, model)
      return byUnitStep(dictionary)
        .correlateMany(codes)
        .map((scores) => chosen?.(scores) ?? reaching(scores, tau))
    },
  )

/** The indices that are more likely active than not, each by its own rate. */
function ownBars(shape: Shape, { noise, amplitudes, active }: CodeModel): (scores: Float64Array) => number[] {
  const { of } = ratesOf(parseActivity(active), shape.N, shape.k)
  const logRatio = logRatioOf(shape, noise, amplitudes)
  // Nobody has a lower bar than the most frequent.
  const least = scoreAt(logRatio, logOddsAgainstRate(of(0)))
  return (scores) =>
    reaching(scores, least - 1e-9).filter((i) => logRatio(scores[i]) >= logOddsAgainstRate(of(i)))
}
