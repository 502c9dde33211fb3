import { InputError } from '../codes/input-error.js'
import type { Method, Sampler } from '../success/sampler.js'

/** The sampler of this method among those given, all of one decoder. */
export function samplerFor(samplers: readonly Sampler[], method: Method): Sampler {
  const found = samplers.find((sampler) => sampler.method === method)
  if (!found)
    throw new InputError(`a cell needs the method ${method}, which ${samplers[0].decoder} is not opened with`)
  return found
}
