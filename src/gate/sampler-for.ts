import { InputError } from '../io/input-error.js'
import { trialByTrial } from '../success/estimation/judged-sampler.js'
import type { Method, Sampler } from '../success/trials/sampler.js'

/**
 * The one of these samplers that has the method; its values say which trials meet its model's criterion.
 * @throws InputError where none has it
 */
export function samplerFor(samplers: readonly Sampler[], method: Method): Sampler {
  const found = samplers.find((sampler) => sampler.method === method)
  if (found) return trialByTrial(found)
  throw new InputError(`a cell needs the method ${method}, which ${samplers[0].decoder} is not opened with`)
}
