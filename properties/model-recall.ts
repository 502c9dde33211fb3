import type { ModelDescription } from '../src/codes/model/description.js'
import type { Shape } from '../src/codes/trial.js'
import { builtInDecoder } from '../src/decoders/built-in.js'
import {
  type GeneralReads,
  generalConditionalTrial,
} from '../src/success/conditional/general/general-trial.js'
import { rateInterval } from '../src/success/estimation/rate-interval.js'

/** Intervals of what a decoder reads of a model: both hold with probability 1 − alpha. */
export interface Recalled {
  /** Active codewords named, over k. */
  readonly recall: readonly [number, number]
  /** Others named, a code. */
  readonly falsePositives: readonly [number, number]
  readonly value: number
}

/** What a decoder reads of so many codes, given all of each but its non-members. */
export const readsOf = (
  decoder: string,
  model: ModelDescription,
  shape: Shape,
  seed: string,
  trials: number,
): GeneralReads[] =>
  Array.from({ length: trials }, (_, t) =>
    generalConditionalTrial(builtInDecoder(decoder)!, model, shape, seed, t),
  )

/** Both intervals from such reads. A set larger than 2k counts as 2k, which can only lower a share. */
export function recalled(reads: readonly GeneralReads[], { k }: Shape, alpha: number): Recalled {
  const share = (counts: number[]) => {
    const values = Float64Array.from(counts, (count) => Math.min(1, count / (2 * k)))
    return rateInterval(values, 1 - alpha / 2).interval.map((end) => 2 * end)
  }
  const [low, high] = share(reads.map(({ hits }) => hits))
  const [least, most] = share(reads.map(({ falsePositives }) => falsePositives))
  return {
    recall: [low, Math.min(1, high)],
    falsePositives: [least * k, most * k],
    value: reads.reduce((sum, { hits }) => sum + hits, 0) / (reads.length * k),
  }
}

/** A recall for people. */
export const recallText = ({ value, recall: [low, high] }: Recalled): string =>
  `${value.toFixed(3)} [${low.toFixed(2)}, ${high.toFixed(2)}]`
