import { normalQuantile } from '../../numerics/special/normal.js'
import type { Key } from '../../random/key.js'
import { type Stream, stream } from '../../random/stream.js'
import { coupledDictionary, coupledSum } from '../coupled.js'
import { type Coupling, coupledLayout, isCoupled, parseCoupling } from '../coupling.js'
import { gaussianDictionary } from '../dense.js'
import {
  builtDictionary,
  type Draw,
  type DrawnDictionary,
  ideal,
  type Model,
  noiseless,
  rademacherDrawn,
} from '../model.js'
import type { CodeModel } from '../problem.js'
import { type ActivityLaw, drawActive, parseActivity } from './activity.js'
import { type AmplitudeLaw, drawAmplitude, parseAmplitudes } from './amplitudes.js'
import {
  checkModel,
  isIdeal,
  isNoiseless,
  type ModelDescription,
  modelId,
  noiseVariance,
} from './description.js'

/**
 * The model of this description: codes X = Σ a_i f_i + Z over the active codewords, Z ~ N(0, σ² I). All is drawn from
 * (seed, N, k, trial); codewords and noise at a smaller d are prefixes of those at a larger one, the noise up to its
 * scale. Subset, dictionary and the decoder's randomness of a uniform k-subset are those of `ideal`. Throws InputError
 * for what is no model.
 */
export function modelOf(description: ModelDescription): Model {
  checkModel(description)
  if (isIdeal(description)) return ideal
  const laws = lawsOf(description)
  return {
    id: modelId(description),
    draw({ N, k, d }, seed, trial) {
      const part = (name: string) => stream(seed, name, N, k, trial)
      const subset = drawActive(laws.activity, N, k, part('subset'))
      const key = part('dictionary').key()
      const dictionary = drawnOf(description.dictionary, N, d, key)
      if (isCoupled(description.dictionary) && isNoiseless(description)) {
        return noiseless(dictionary, subset, () => part('decoder'))
      }
      return drawCode({ k, d }, laws, dictionary, subset, part)
    },
  }
}

function drawnOf(family: ModelDescription['dictionary'], N: number, d: number, key: Key): DrawnDictionary {
  if (family === 'sphere') return builtDictionary(gaussianDictionary(N, d, key))
  return isCoupled(family) ? coupledDrawn(family, N, d, key) : rademacherDrawn(N, d, key)
}

/** The coupled dictionary that a key draws. Throws RangeError unless every block has a row and a codeword. */
function coupledDrawn(text: Coupling['text'], N: number, d: number, key: Key): DrawnDictionary {
  const coupling = parseCoupling(text)
  const drawn = { layout: coupledLayout(coupling, N, d), key }
  return {
    build: (arena) => coupledDictionary(coupling, N, d, key, arena),
    describe: () => ({ kind: 'coupled', coupling: text, N, d, key }),
    superpose: (subset) => coupledSum(drawn, subset, new Float64Array(subset.length).fill(1)),
    combine: (subset, weights) => coupledSum(drawn, subset, weights),
  }
}

/** The laws of codes over a dictionary. @since 0.2.0 */
export interface CodeLaws {
  readonly noise: number
  readonly amplitudes: AmplitudeLaw
  readonly activity: ActivityLaw
}

/**
 * The laws of noise, amplitudes and activity that a model names. Throws InputError for what is no model.
 *
 * @since 0.2.0
 */
export function lawsOf(description: ModelDescription): CodeLaws {
  checkModel(description)
  const { noise, amplitudes, active } = description
  return { noise, amplitudes: parseAmplitudes(amplitudes), activity: parseActivity(active) }
}

/** Amplitudes, noise and code of these active codewords. */
export function drawCode(
  { k, d }: { k: number; d: number },
  { noise, amplitudes, activity }: CodeLaws,
  dictionary: DrawnDictionary,
  subset: readonly number[],
  part: (name: string) => Stream,
): Draw {
  const variance = noiseVariance(noise, { k, d })
  const weights = drawAmplitudes(amplitudes, subset.length, part('amplitudes'))
  const model: CodeModel = {
    noise,
    noiseVariance: variance,
    amplitudes: amplitudes.text,
    active: activity.text,
  }
  return {
    dictionary,
    subset,
    weights,
    k,
    model,
    code: () => withNoise(dictionary.combine(subset, weights), variance, part('noise')),
    random: () => part('decoder'),
  }
}

/** As many amplitudes of the law. */
export const drawAmplitudes = (law: AmplitudeLaw, count: number, { uniform }: Stream): Float64Array =>
  Float64Array.from({ length: count }, () => drawAmplitude(law, uniform))

/** The vector with independent Gaussian noise of this variance added to it, in place. */
export function withNoise(vector: Float64Array, variance: number, { uniform }: Stream): Float64Array {
  if (variance === 0) return vector
  const deviation = Math.sqrt(variance)
  for (let j = 0; j < vector.length; j++) {
    vector[j] += deviation * normalQuantile(uniform() + Number.EPSILON / 4, 0, 1)
  }
  return vector
}
