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
  const { size: N } = codewords
  const draws = (name: string) => stream(seed, 'reading', part, name, N, k, t)
  return codeOf(codewords, randomSubset(N, k, draws('subset')), laws, draws)
}

/** Code number t of those that hold one codeword: the k − 1 others are uniform, and the same for each up to that. */
export function drawnCodeWith(
  codewords: Dictionary,
  member: number,
  k: number,
  laws: CodeLaws,
  seed: string,
  t: number,
): DrawnCode {
  const { size: N } = codewords
  const draws = (name: string) => stream(seed, 'reading', 'with', name, N, k, t)
  const others = randomSubset(N - 1, k - 1, draws('subset')).map((i) => (i < member ? i : i + 1))
  return codeOf(
    codewords,
    [...others, member].sort((a, b) => a - b),
    laws,
    draws,
  )
}

function codeOf(
  codewords: Dictionary,
  subset: readonly number[],
  laws: CodeLaws,
  draws: (name: string) => Stream,
): DrawnCode {
  const random = () => draws('decoder')
  if (laws.noise === 0 && laws.amplitudes.kind === 'constant') {
    return { code: codewords.superpose(subset), subset, random }
  }
  const sizes = { k: subset.length, d: codewords.dimension }
  const draw = drawCode(sizes, laws, builtDictionary(codewords), subset, draws)
  return { code: draw.code(), subset, random, ...(draw.model && { model: draw.model }) }
}
