import { InputError } from '../../io/input-error.js'
import type { Method, Sampler } from '../trials/sampler.js'
import type { DecoderSource } from './decoder-source.js'

/**
 * The sampler of this decoder by this method, in this thread, which loads what this method needs. Throws InputError where the decoder has no such
 * method.
 */
export async function localSampler(source: DecoderSource, method: Method): Promise<Sampler> {
  if (method === 'simulation') {
    const { loadFrom } = await import('./load-decoder.js')
    const { simulationSampler } = await import('../trials/simulation-sampler.js')
    return simulationSampler(await loadFrom(source))
  }
  if (source.kind === 'file') {
    throw new InputError('a decoder in a file has no conditional method; use --method simulation')
  }
  const { conditionalSampler } = await import('../conditional/conditional-sampler.js')
  const { conditionalRule } = await import('../conditional/member-rules.js')
  return conditionalSampler(source.name, conditionalRule(source.name))
}
