import { type CodeLaws, drawCode } from '../codes/model/general.js'
import { builtDictionary } from '../codes/model.js'
import type { CodeModel, Dictionary } from '../codes/problem.js'
import { randomSubset } from '../codes/subset.js'
import { type Stream, stream } from '../random/stream.js'

/** A code over one dictionary, and what it is made of. */
export interface DrawnCode {
  readonly code: Float64Array
  /** The active codewords, ascending. */
  readonly subset: readonly number[]
  /** What a decoder may know of noise and amplitudes; undefined for a plain sum. */
  readonly model?: CodeModel
  /** A decoder's own randomness. */
  random(): Stream
}

/** Code number t over these codewords: a uniform k-subset, amplitudes and noise, from (seed, part, N, k, t). */
export function drawnCode(
  codewords: Dictionary,
  k: number,
  laws: CodeLaws,
  seed: string,
  part: string,
  t: number,
): DrawnCode {
  const { size: N, dimension: d } = codewords
  const draws = (name: string) => stream(seed, 'reading', part, name, N, k, t)
  const subset = randomSubset(N, k, draws('subset'))
  const random = () => draws('decoder')
  if (laws.noise === 0 && laws.amplitudes.kind === 'constant') {
    return { code: codewords.superpose(subset), subset, random }
  }
  const draw = drawCode({ k, d }, laws, builtDictionary(codewords), subset, draws)
  return { code: draw.code(), subset, random, ...(draw.model && { model: draw.model }) }
}
