import { parseAmplitudes } from '../../../codes/model/amplitudes.js'
import { type ModelDescription, noiseVariance } from '../../../codes/model/description.js'
import type { Shape } from '../../../codes/model.js'
import { normalQuantile } from '../../../numerics/special/normal.js'
import { fastUniform } from '../../../random/fast-uniform.js'
import { stream } from '../../../random/stream.js'
import { normalTail } from '../../../statistics/normal.js'
import { atMost } from '../../../statistics/rare-count.js'
import { drawnAmplitudes } from './draw-general.js'

/**
 * Active codewords that a genie names: told every other amplitude it sees A_i + σG of each, and takes the k largest.
 * The mean over the codewords that are not active, given the amplitudes and noises of a uniform k-subset: those of
 * `drawGeneral` with this seed.
 */
export function genieHits(model: ModelDescription, shape: Shape, seed: string, trial: number): number {
  const { N, k } = shape
  const sigma = Math.sqrt(noiseVariance(model.noise, shape))
  const uniform = fastUniform(stream(seed, 'genie', k, trial).key())
  const scores = drawnAmplitudes(parseAmplitudes(model.amplitudes), k, k, seed, trial).map(
    (a) => a + sigma * normalQuantile(uniform() + 2 ** -33, 0, 1),
  )
  return scores
    .sort()
    .reverse()
    .reduce((hits, score, r) => hits + atMost(N - k, normalTail(score / sigma), k - 1 - r), 0)
}
