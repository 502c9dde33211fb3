import { isCoupled } from '../../codes/coupling.js'
import { type ActivityLaw, parseActivity } from '../../codes/model/activity.js'
import { type AmplitudeLaw, parseAmplitudes } from '../../codes/model/amplitudes.js'
import { checkModel, type ModelDescription } from '../../codes/model/description.js'
import { InputError } from '../../io/input-error.js'
import { checkSubset } from '../parameters.js'
import { COARSE, type RateClass, rateClasses } from './rate-classes.js'

/** What is to be read: X = Σ A_i f_i + Z, with A_i = B_i·a_i. */
export interface ModelProblem {
  readonly N: number
  /** Active codewords: exactly, or on average. */
  readonly k: number
  /** η, the share of the code's energy that is noise. */
  readonly noise: number
  readonly amplitudes: AmplitudeLaw
  readonly activity: ActivityLaw
  /** Whether codewords are independent fair signs. */
  readonly signs: boolean
  readonly classes: readonly RateClass[]
  /** d·σ² = k·η/(1 − η), the noise's energy. */
  readonly noiseEnergy: number
  /** E‖X‖² = k/(1 − η). */
  readonly energy: number
}

/**
 * The problem of a model. Throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and InputError where the model is
 * none or nothing is to be read.
 */
export function modelProblem(model: ModelDescription, N: number, k: number): ModelProblem {
  checkSubset(N, k)
  checkModel(model)
  if (isCoupled(model.dictionary)) throw new InputError(`the laws of models are not for ${model.dictionary}`)
  if (k === 0 || k === N) throw new InputError(`a model's laws need 1 ≤ k < N = ${N}, not k = ${k}`)
  const activity = parseActivity(model.active)
  return {
    N,
    k,
    noise: model.noise,
    amplitudes: parseAmplitudes(model.amplitudes),
    activity,
    signs: model.dictionary === 'rademacher',
    classes: rateClasses(activity, N, k, COARSE),
    noiseEnergy: (k * model.noise) / (1 - model.noise),
    energy: k / (1 - model.noise),
  }
}

/** τ₀² = k/(d(1 − η)): the variance of a score's crosstalk and noise before anything is read. */
export const oneStepVariance = ({ energy }: ModelProblem, d: number): number => energy / d

/** σ² = k·η/(d(1 − η)): the variance that is left when all else is read. */
export const genieVariance = ({ noiseEnergy }: ModelProblem, d: number): number => noiseEnergy / d
