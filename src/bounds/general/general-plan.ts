import { parseActivity } from '../../codes/model/activity.js'
import type { ModelDescription } from '../../codes/model/description.js'
import { checkParameters, type Parameters } from '../parameters.js'
import { supportEntropy } from './support-entropy.js'

/** What theory promises for one (N, k, p) and a model of the problem. */
export interface GeneralPlan extends Parameters {
  readonly model: ModelDescription
  /** H, of which codewords are active. */
  readonly entropyBits: number
}

/** The plan of a model. Throws RangeError for what is no problem, InputError for what is no model. */
export function generalPlan({ model, ...at }: Parameters & { model: ModelDescription }): GeneralPlan {
  checkParameters(at)
  return { ...at, model, entropyBits: supportEntropy(parseActivity(model.active), at.N, at.k) }
}
