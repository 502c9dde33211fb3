import { InputError } from '../codes/input-error.js'
import type { DecoderSource } from './decoder-source.js'
import type { Method, Sampler } from './sampler.js'

/**
 * The sampler of this decoder by this method, in this thread, which loads what this method needs. Throws InputError where the decoder has no such
 * method.
 */
export async function localSampler(source: DecoderSource, method: Method): Promise<Sampler> {
  if (method === 'simulation') {
    const { loadFrom } = await import('./load.js')
    const { simulationSampler } = await import('./simulation.js')
    return simulationSampler(await loadFrom(source))
  }
  if (source.kind === 'file') {
    throw new InputError('a decoder in a file has no conditional method; use --method simulation')
  }
  const { conditionalSampler } = await import('./conditional/conditional.js')
  const { conditionalRule } = await import('./conditional/rules.js')
  return conditionalSampler(source.name, conditionalRule(source.name))
}
