import type { Method, Sampler } from '../trials/sampler.js'
import { builtInRevision } from './built-in-revision.js'

/** The sampler of a built-in decoder by this method, in this thread. Throws InputError where it has no such method. */
export async function localSampler(decoder: string, method: Method): Promise<Sampler> {
  const { builtInDecoder } = await import('../../decoders/built-in.js')
  if (method === 'simulation') {
    const { simulationSampler } = await import('../trials/simulation-sampler.js')
    return { ...simulationSampler(builtInDecoder(decoder)!), revision: builtInRevision }
  }
  const { conditionalSampler } = await import('../conditional/conditional-sampler.js')
  const { conditionalRule } = await import('../conditional/member-rules.js')
  return { ...conditionalSampler(decoder, conditionalRule(decoder)), revision: builtInRevision }
}
