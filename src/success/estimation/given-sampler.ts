import { modelOf } from '../../codes/model/general.js'
import type { Decoder } from '../../codes/problem.js'
import { requireFunction, requireObject, requireString } from '../../io/arguments.js'
import type { Sampler } from '../trials/sampler.js'
import { simulationSampler } from '../trials/simulation-sampler.js'
import { openSampler, type SamplerOptions } from '../workers/open-sampler.js'
import { type Measurement, type MeasureOptions, measureBy } from './measure-dimension.js'
import { checkedRate, rateBy, type SuccessOptions, type SuccessRate } from './success-rate.js'

/**
 * What is measured: a decoder's name, path or command as on the command line, run in threads or processes of its own;
 * a decoder object, simulated in this thread, where nothing ends what does not return; or an open sampler.
 *
 * @since 0.2.0
 */
export type Measurable = string | Decoder | Sampler

/**
 * The success rate of a decoder at one shape, from a fixed number of trials.
 *
 * @param given - a name, a path or command, a decoder, or a sampler, which stays open
 * @param options - N, k and d, and how the trials are run; those of a sampler that is given are its own
 * @throws RangeError (as a rejection) for options out of range, InputError for what is no decoder
 * @example
 * await successRate('top-k', { N: 2 ** 20, k: 28, d: 1297, method: 'conditional' })
 * @since 0.1.0
 */
export async function successRate(
  given: Measurable,
  options: SuccessOptions & SamplerOptions,
): Promise<SuccessRate> {
  checkedRate(options)
  return withSampler(given, options, (sampler) => rateBy(sampler, options))
}

/**
 * The dimension at which a decoder's success rate is the target, even odds unless given.
 *
 * @param given - a name, a path or command, a decoder, or a sampler, which stays open
 * @param options - N and k, the precision, and how the trials are run; those of a sampler that is given are its own
 * @throws RangeError (as a rejection) for options out of range, InputError for what is no decoder
 * @example
 * await measure('top-k', { N: 2 ** 20, k: 28, method: 'conditional' })
 * @since 0.1.0
 */
export const measure = (given: Measurable, options: MeasureOptions & SamplerOptions): Promise<Measurement> =>
  withSampler(given, options, (sampler) => measureBy(sampler, options))

async function withSampler<T>(
  given: Measurable,
  options: SamplerOptions,
  step: (sampler: Sampler) => Promise<T>,
): Promise<T> {
  requireObject('options', options)
  if (typeof given === 'string') {
    const sampler = await openSampler(given, options)
    return step(sampler).finally(() => sampler.close())
  }
  requireObject('the decoder', given)
  if ('run' in given) return step(given)
  requireString("the decoder's name", given.name)
  requireFunction("the decoder's decode", given.decode)
  const { model } = options
  return step({ ...simulationSampler(given, model && modelOf(model)), ...(model && { model }) })
}
