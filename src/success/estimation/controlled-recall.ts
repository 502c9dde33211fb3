import { hardBits } from '../../bounds/general/bits-read.js'
import type { SeparateReader } from '../../bounds/general/reading.js'
import { parseActivity } from '../../codes/model/activity.js'
import { type AmplitudeLaw, parseAmplitudes } from '../../codes/model/amplitudes.js'
import { IDEAL } from '../../codes/model/description.js'
import { drawAmplitudes } from '../../codes/model/general.js'
import type { Shape } from '../../codes/trial.js'
import { InputError } from '../../io/input-error.js'
import { stream } from '../../random/stream.js'
import { type Control, controlledMean } from '../../statistics/control-variates.js'
import { normalTail } from '../../statistics/normal.js'
import { drawnAmplitudes } from '../conditional/general/draw-general.js'
import type { RecoveryCounts } from '../trials/recovery.js'
import type { Method, Sampler } from '../trials/sampler.js'
import { rateInterval } from './rate-interval.js'
import type { Metric } from './recovery-metrics.js'

/** Recall of a decoder that names k codewords, and the bits that it reads. */
export interface ControlledRecall {
  readonly recall: Metric
  readonly bitsRead: Metric
  readonly trials: number
}

/** Trials from which on the energy of the amplitudes is a control too. */
const MANY = 20

/**
 * Recall over a uniform k-subset, of which small amplitudes explain most: how visible a code's amplitudes are to a
 * reader of separate scores is known, and so is its mean, that reader's recall. What it explains is taken off
 * (`controlledMean`): intervals are Student's, approximate, and about half as long.
 *
 * @param law a reader like the decoder, by its law: any one will do, the better the shorter the interval
 * @param counts of trials `from` 0 on of this sampler, shape and seed
 * @throws InputError where the decoder or the model does not fix how many are named or active
 */
export function controlledRecall(
  sampler: Pick<Sampler, 'decoder' | 'method' | 'model' | 'sizeVaries'>,
  shape: Shape,
  seed: string,
  { hits }: Pick<RecoveryCounts, 'hits'>,
  law: SeparateReader,
  confidence: number,
): ControlledRecall {
  const { model = IDEAL, method } = sampler
  const activity = parseActivity(model.active)
  if (activity.kind !== 'subset' || sampler.sizeVaries) {
    throw new InputError(`recall is controlled where k of exactly k are named, not of ${sampler.decoder}`)
  }
  const { N, k } = shape
  const recalls = hits.map((count) => count / k)
  const amplitudes = parseAmplitudes(model.amplitudes)
  const draw = amplitudesOf(amplitudes, method, shape, seed)
  const controls = amplitudes.kind === 'constant' ? [] : controlsOf(draw, k, hits.length, law)
  // Where all are equal their spread tells nothing.
  const { point, interval } = recalls.every((recall) => recall === recalls[0])
    ? rateInterval(recalls, confidence)
    : controlledMean(recalls, controls, confidence)
  const bits = (recall: number) =>
    hardBits(activity, N, k, { recall, falsePositiveRate: (k * (1 - recall)) / (N - k) })
  // A guess names k/N of the active.
  const [low, high] = [Math.max(interval[0], k / N), Math.max(interval[1], k / N)]
  return {
    recall: { value: point, interval: [interval[0], interval[1]] },
    bitsRead: { value: bits(Math.max(point, k / N)), interval: [bits(low), bits(high)] },
    trials: hits.length,
  }
}

/** The amplitudes of a trial's members. */
const amplitudesOf =
  (law: AmplitudeLaw, method: Method, { N, k }: Shape, seed: string) =>
  (trial: number): Float64Array =>
    method === 'conditional'
      ? drawnAmplitudes(law, k, k, seed, trial)
      : drawAmplitudes(law, k, stream(seed, 'amplitudes', N, k, trial))

function controlsOf(
  draw: (trial: number) => Float64Array,
  k: number,
  trials: number,
  law: SeparateReader,
): Control[] {
  const { bar, recall } = law.mostLikely()
  const visible = new Float64Array(trials)
  const energy = new Float64Array(trials)
  for (let t = 0; t < trials; t++) {
    for (const a of draw(t)) {
      visible[t] += normalTail((bar - a) / law.tau) / k
      energy[t] += (a * a) / k
    }
  }
  const controls = [{ values: visible, mean: recall, usual: 1 }]
  return trials < MANY ? controls : [...controls, { values: energy, mean: 1 }]
}
