import { InputError } from '../../io/input-error.js'
import type { Method, Sampler } from '../trials/sampler.js'
import { openSampler, type SamplerOptions } from './open-sampler.js'

/** The sampler of this method among those given, all of one decoder. */
export function samplerFor(samplers: readonly Sampler[], method: Method): Sampler {
  const found = samplers.find((sampler) => sampler.method === method)
  if (found) return found
  throw new InputError(`a cell needs the method ${method}, which ${samplers[0].decoder} is not opened with`)
}

/** Run a step with samplers of these methods for one decoder, which are closed after it. */
export async function withSamplers<T>(
  nameOrPath: string,
  methods: Iterable<Method>,
  options: Omit<SamplerOptions, 'method'>,
  step: (samplers: Sampler[]) => Promise<T>,
): Promise<T> {
  const samplers: Sampler[] = []
  try {
    for (const method of new Set(methods)) {
      samplers.push(await openSampler(nameOrPath, { ...options, method }))
    }
    return await step(samplers)
  } finally {
    await Promise.all(samplers.map((sampler) => sampler.close()))
  }
}
