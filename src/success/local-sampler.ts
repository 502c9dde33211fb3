import type { DecoderSource } from './decoder-source.js'
import { loadFrom } from './load.js'
import type { Method, Sampler } from './sampler.js'
import { simulationSampler } from './simulation.js'

/** The sampler of this decoder by this method, in this thread. */
export async function localSampler(source: DecoderSource, method: Method): Promise<Sampler> {
  if (method === 'conditional') throw new Error('the conditional method is still missing')
  return simulationSampler(await loadFrom(source))
}
