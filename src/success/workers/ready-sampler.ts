import type { ModelDescription } from '../../codes/model/description.js'
import type { OpenedDictionary } from '../../codes/model/opened-dictionary.js'
import type { Sampler } from '../trials/sampler.js'

/** The sampler, for which the rows of a file are made ready before its trials, in slices: its signal is heard. */
export function readySampler(
  sampler: Sampler,
  opened: OpenedDictionary | undefined,
  model: ModelDescription | undefined,
): Sampler {
  if (!opened || !model) return sampler
  return {
    ...sampler,
    async run(shape, seed, from, trials, options) {
      await opened.makeReady(model.prepare, shape, seed, options?.signal)
      return sampler.run(shape, seed, from, trials, options)
    },
  }
}
