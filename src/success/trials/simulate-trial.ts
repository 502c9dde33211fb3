import { builtDictionary, ideal, type Model } from '../../codes/model.js'
import type { RademacherArena } from '../../codes/rademacher.js'
import { drawTrial, type Shape, type Trial } from '../../codes/trial.js'
import type { BuiltInDecoder, Declared } from '../../decoders/decoder.js'
import { guardedDecode, guardedDecodeMany } from './guarded-decode.js'
import { judge, thoroughness } from './judge.js'
import type { Recovery } from './recovery.js'
import type { Violation } from './sampler.js'
import type { Taken } from './take-answer.js'
import { type Told, told } from './told.js'

export interface SimulatedTrial {
  /** How many codewords were active. */
  readonly active: number
  readonly recovery: Recovery | Violation
  /** What the answer says beside its list. */
  readonly told?: Told | undefined
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
  const { twice, watched } = thoroughness(index, trial.subset)
  const { answer, beside } = await guardedDecode(decoder, trial.problem, { watched })
  const said = beside && 'length' in answer ? toldOf(trial, { list: answer, ...beside }) : undefined
  const outcome = (recovery: Recovery | Violation) => ({
    active: trial.subset.length,
    recovery,
    ...(said && { told: said }),
  })
  if (!twice || 'kind' in answer) return outcome(judge(trial.subset, answer))
  const { problem } = drawTrial(shape, seed, index, arena, model)
  return outcome(judge(trial.subset, answer, (await guardedDecode(decoder, problem, { watched })).answer))
}

function toldOf({ problem: { dictionary, code }, subset, weights }: Trial, taken: Taken): Told | undefined {
  return told({ subset, weights, code, combine: builtDictionary(dictionary).combine }, taken)
}

/** A decoder whose trials are simulated; one that reads many codes may be given those over one dictionary together. */
export type Simulated = Declared & Pick<BuiltInDecoder, 'decodeMany'>

/** What trials are simulated with. */
interface Source {
  readonly decoder: Simulated
  readonly model: Model
  readonly shape: Shape
  readonly seed: string
  readonly arena: RademacherArena
}

/** `simulateTrial` of so many trials from one on, over one dictionary where there are more than one. */
export async function simulateTrials(
  source: Source,
  from: number,
  trials: number,
): Promise<SimulatedTrial[]> {
  const { decoder, model, shape, seed, arena } = source
  const indices = Array.from({ length: trials }, (_, m) => from + m)
  const together = trials > 1 ? simulateTogether(source, indices) : undefined
  if (together) return together
  const each: SimulatedTrial[] = []
  for (const index of indices) each.push(await simulateTrial(decoder, shape, seed, index, arena, model))
  return each
}

/**
 * Trials decoded in the same passes, none of them twice: the decoders of this package draw nothing, and another's
 * `decodeMany` is taken to read as its `decode` does, as `BuiltInDecoder` asks. Undefined where the decoder has no such
 * way, or anything breaks the contract: trial by trial it shows which does.
 */
function simulateTogether(
  { decoder, model, shape, seed, arena }: Source,
  indices: readonly number[],
): SimulatedTrial[] | undefined {
  if (!decoder.decodeMany) return undefined
  const trials = indices.map((index) => drawTrial(shape, seed, index, arena, model))
  const watched = trials.flatMap(({ subset }, m) => thoroughness(indices[m], subset).watched)
  const problems = trials.map(({ problem }) => problem)
  const answers = guardedDecodeMany(decoder, problems, watched)
  return (
    answers &&
    trials.map(({ subset }, m) => ({
      active: subset.length,
      recovery: judge(subset, answers[m]),
    }))
  )
}
