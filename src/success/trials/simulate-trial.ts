import { ideal, type Model } from '../../codes/model.js'
import type { RademacherArena } from '../../codes/rademacher.js'
import { drawTrial, type Shape } from '../../codes/trial.js'
import type { Declared } from '../../decoders/decoder.js'
import { guardedDecode } from './guarded-decode.js'
import { judge, thoroughness } from './judge.js'
import type { Recovery } from './recovery.js'
import type { Violation } from './sampler.js'

export interface SimulatedTrial {
  /** How many codewords were active. */
  readonly active: number
  readonly recovery: Recovery | Violation
}

/**
 * Draw trial `index`, decode it and judge the answer, in this thread. Nothing that the decoder throws or answers gets
 * out; what breaks its contract comes back as a violation. Throws RangeError where the trial cannot be drawn.
 */
export async function simulateTrial(
  decoder: Declared,
  shape: Shape,
  seed: string,
  index: number,
  arena: RademacherArena,
  model: Model = ideal,
): Promise<SimulatedTrial> {
  const trial = drawTrial(shape, seed, index, arena, model)
  const outcome = (recovery: Recovery | Violation) => ({ active: trial.subset.length, recovery })
  const { twice, watched } = thoroughness(index, trial.subset)
  const { answer } = await guardedDecode(decoder, trial.problem, { watched })
  if (!twice || 'kind' in answer) return outcome(judge(trial.subset, answer))
  const { problem } = drawTrial(shape, seed, index, arena, model)
  return outcome(judge(trial.subset, answer, (await guardedDecode(decoder, problem, { watched })).answer))
}
