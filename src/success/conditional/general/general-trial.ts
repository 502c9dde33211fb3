import { isIdeal, type ModelDescription } from '../../../codes/model/description.js'
import type { Shape } from '../../../codes/model.js'
import type { BuiltInDecoder } from '../../../decoders/decoder.js'
import type { GeneralDraw, Reads } from '../../../decoders/member-rules/general/reads.js'
import type { Stream } from '../../../random/stream.js'
import { conditionalTrial } from '../conditional-sampler.js'
import { drawGeneral } from './draw-general.js'
import { RevealingDictionary } from './revealing-dictionary.js'

/** A decoder's reading of one code, given all but the non-members, and how many members the code has. */
export interface GeneralReads extends Reads {
  /** K. */
  readonly active: number
}

/**
 * What a decoder reads of one code of random signs under any model, at a cost that does not depend on N. Of a decoder
 * that reads in one step the mean over the non-members, exactly; one that goes step by step is run on a dictionary
 * that reveals only what wins. Of the paper's model P(exact | members) is that of `conditionalTrial`, to the last bit.
 * @throws RangeError where the decoder has no such rule, or the dictionary is another
 */
export function generalConditionalTrial(
  decoder: BuiltInDecoder,
  model: ModelDescription,
  shape: Shape,
  seed: string,
  trial: number,
): GeneralReads {
  const { general, conditional, name } = decoder
  if (!general) throw new RangeError(`'${name}' has no conditional method for a general model`)
  if (model.dictionary !== 'rademacher') {
    throw new RangeError('the conditional method is for random signs: the dictionary must be rademacher')
  }
  const draw = drawGeneral(model, shape, seed, trial)
  const reads = general === 'revealing' ? readRevealing(decoder, draw, draw.random) : general(draw)
  const active = draw.members.k
  if (!(isIdeal(model) && conditional)) return { ...reads, active }
  return { ...reads, active, exact: conditionalTrial(conditional.rule, shape, seed, trial) }
}

/** The decoder's answer on a dictionary that reveals only what wins. */
export function readRevealing(
  decoder: BuiltInDecoder,
  draw: GeneralDraw,
  random: Stream,
  drawnAtOnce?: number,
): Reads {
  const { shape, members, code } = draw
  const dictionary = new RevealingDictionary(draw, random, drawnAtOnce)
  const scale = Math.sqrt(shape.d)
  const answer = decoder.decodeMany!(dictionary, [code.map((entry) => entry / scale)], shape.k)[0]
  const hits = answer.reduce((count, i) => count + Number(dictionary.isMember(i)), 0)
  const falsePositives = answer.length - hits
  return { exact: Number(hits === members.k && falsePositives === 0), hits, falsePositives }
}
