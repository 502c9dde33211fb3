import { InputError } from '../codes/input-error.js'
import { conditionalSampler } from './conditional/conditional.js'
import { conditionalRule } from './conditional/rules.js'
import type { DecoderSource } from './decoder-source.js'
import { loadFrom } from './load.js'
import type { Method, Sampler } from './sampler.js'
import { simulationSampler } from './simulation.js'

/** The sampler of this decoder by this method, in this thread. Throws InputError where the decoder has no such method. */
export async function localSampler(source: DecoderSource, method: Method): Promise<Sampler> {
  if (method === 'simulation') return simulationSampler(await loadFrom(source))
  if (source.kind === 'built-in') return conditionalSampler(source.name, conditionalRule(source.name))
  throw new InputError('a decoder in a file has no conditional method; use --method simulation')
}
