import { drawActive, parseActivity, ratesOf } from '../../../codes/model/activity.js'
import { type AmplitudeLaw, drawAmplitude, parseAmplitudes } from '../../../codes/model/amplitudes.js'
import { type ModelDescription, noiseVariance } from '../../../codes/model/description.js'
import type { Shape } from '../../../codes/model.js'
import type { GeneralDraw } from '../../../decoders/member-rules/general/reads.js'
import { drawMembers } from '../../../decoders/member-rules/members.js'
import { normalQuantile } from '../../../numerics/special/normal.js'
import { fastUniform } from '../../../random/fast-uniform.js'
import { type Stream, stream } from '../../../random/stream.js'
import { weightedSigns } from '../../../statistics/weighted-sign-tail.js'

/** Members from which on sums of different numbers, without noise, take many values. */
const VARIED = 10

/**
 * What a trial is drawn as, but for the non-members: from (seed, k, trial) alone, those of a smaller d being prefixes
 * of those of a larger one. With amplitudes 1, a subset and no noise the members are those of `trialMembers`. They
 * last until the next are drawn.
 */
export function drawGeneral(
  model: ModelDescription,
  shape: Shape,
  seed: string,
  trial: number,
): GeneralDraw & { readonly random: Stream } {
  const { N, k, d } = shape
  const part = (name: string) => stream(seed, name, k, trial)
  const random = part('members')
  const active = parseActivity(model.active)
  const indices = active.kind === 'subset' ? undefined : drawActive(active, N, k, part('active'))
  const K = indices?.length ?? k
  const rates = indices &&
    active.kind === 'zipf' && { rates: Float64Array.from(indices, ratesOf(active, N, k).of) }
  const members = drawMembers(K, d, random.key())
  if (model.noise === 0 && model.amplitudes === 'constant') {
    const code = Float64Array.from(members.code)
    const law = weightedSigns(code, false)
    return { shape, model, members, code, scores: members.codeScores(), law, ...rates, random }
  }
  const amplitudes = drawnAmplitudes(parseAmplitudes(model.amplitudes), K, k, seed, trial)
  const code = K > 0 ? members.combine(amplitudes) : new Float64Array(d)
  if (model.noise > 0) addNoise(code, Math.sqrt(d * noiseVariance(model.noise, shape)), part('noise'))
  const scores = K > 0 ? members.products(code) : new Float64Array(0)
  const varied = model.noise > 0 || K >= VARIED
  return { shape, model, members, code, scores, law: weightedSigns(code, varied), ...rates, random }
}

/** The amplitudes of the K members of a trial. */
export function drawnAmplitudes(
  law: AmplitudeLaw,
  K: number,
  k: number,
  seed: string,
  trial: number,
): Float64Array {
  const uniform = fastUniform(stream(seed, 'amplitudes', k, trial).key())
  return Float64Array.from({ length: K }, () => drawAmplitude(law, uniform))
}

function addNoise(code: Float64Array, deviation: number, random: Stream): void {
  const uniform = fastUniform(random.key())
  // The middle of each step of the generator: no end is hit, and none of the tail beyond 6 deviations is.
  for (let j = 0; j < code.length; j++) code[j] += deviation * normalQuantile(uniform() + 2 ** -33, 0, 1)
}
