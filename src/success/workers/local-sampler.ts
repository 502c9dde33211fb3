import type { ModelDescription } from '../../codes/model/description.js'
import { modelOf } from '../../codes/model/general.js'
import { builtInDecoder, conditionalOf } from '../../decoders/built-in.js'
import type { Method, Sampler, Ties } from '../trials/sampler.js'
import { builtInRevision } from './built-in-revision.js'

/** What is sampled of a decoder. */
export interface SamplerKind {
  readonly method: Method
  readonly ties?: Ties | undefined
  readonly model?: ModelDescription | undefined
}

/** The sampler of a built-in decoder by this method, in this thread. Throws InputError where it has no such method. */
export async function localSampler(name: string, { method, ties, model }: SamplerKind): Promise<Sampler> {
  const decoder = builtInDecoder(name)!
  const about = { traits: decoder, revision: () => builtInRevision(ties), ...(model && { model }) }
  if (method === 'simulation') {
    const { simulationSampler } = await import('../trials/simulation-sampler.js')
    return { ...simulationSampler(decoder, model && modelOf(model)), ...about }
  }
  const { conditionalSampler } = await import('../conditional/conditional-sampler.js')
  return { ...conditionalSampler(name, conditionalOf(name), ties), ...about }
}
