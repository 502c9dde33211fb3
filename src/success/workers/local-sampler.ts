import { builtInDecoder, conditionalOf } from '../../decoders/built-in.js'
import type { Method, Sampler, Ties } from '../trials/sampler.js'
import { builtInRevision } from './built-in-revision.js'

/** The sampler of a built-in decoder by this method, in this thread. Throws InputError where it has no such method. */
export async function localSampler(name: string, method: Method, ties?: Ties): Promise<Sampler> {
  const decoder = builtInDecoder(name)!
  const about = { traits: decoder, revision: () => builtInRevision(ties) }
  if (method === 'simulation') {
    const { simulationSampler } = await import('../trials/simulation-sampler.js')
    return { ...simulationSampler(decoder), ...about }
  }
  const { conditionalSampler } = await import('../conditional/conditional-sampler.js')
  return { ...conditionalSampler(name, conditionalOf(name), ties), ...about }
}
