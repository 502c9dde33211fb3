import { IDEAL, type ModelDescription, modelId } from '../../codes/model/description.js'
import type { Model } from '../../codes/model.js'
import { builtInDecoder, conditionalOf, generalOf } from '../../decoders/built-in.js'
import { InputError } from '../../io/input-error.js'
import type { Method, Sampler, Ties } from '../trials/sampler.js'
import { builtInRevision } from './built-in-revision.js'

/** A model opened by itself: what reads dictionaries in files takes longer to load than all else. */
const modelFrom = async (model: ModelDescription): Promise<Model> =>
  (await import('../../codes/model/open-model.js')).openModel(model)

/** What is sampled of a decoder. */
export interface SamplerKind {
  readonly method: Method
  readonly ties?: Ties | undefined
  readonly model?: ModelDescription | undefined
}

/**
 * The sampler of a built-in decoder by this method, in this thread. Throws InputError where it has no such method.
 * @param opened the model, where it has been opened
 */
export async function localSampler(
  name: string,
  { method, ties, model }: SamplerKind,
  opened?: Model,
): Promise<Sampler> {
  const decoder = builtInDecoder(name)!
  const { sizeVaries } = decoder
  const about = {
    traits: decoder,
    sizeVaries,
    revision: () => builtInRevision(ties),
    ...(model && { model }),
  }
  if (method === 'simulation') {
    const { simulationSampler } = await import('../trials/simulation-sampler.js')
    return { ...simulationSampler(decoder, opened ?? (model && (await modelFrom(model)))), ...about }
  }
  const [{ conditionalSampler }, { generalSampler }] = await Promise.all([
    import('../conditional/conditional-sampler.js'),
    import('../conditional/general/general-sampler.js'),
  ])
  if (model && model.dictionary !== 'rademacher') {
    throw new InputError(
      `the conditional method is of random signs; over ${modelId(model)} use --method simulation`,
    )
  }
  if (model && ties === 'strict') {
    throw new InputError(`strict ties are counted in the paper's model alone, not in ${modelId(model)}`)
  }
  if (model) return { ...generalSampler(generalOf(name), model), ...about }
  const sampler = conditionalSampler(name, conditionalOf(name), ties)
  const run: Sampler['run'] = async (...trials) => {
    const result = await sampler.run(...trials)
    if (!trials[4]?.counts) return result
    if (ties === 'strict') throw new Error('what is recovered is counted with ties to the lowest index')
    const { counts } = await generalSampler(generalOf(name), IDEAL).run(...trials)
    return { ...result, ...(counts && { counts }) }
  }
  return { ...sampler, run, ...about }
}
