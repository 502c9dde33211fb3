import { argmax, type BatchedDictionary } from '../codes/batched-dictionary.js'
import type { Scored } from '../kernels/sign-matrix.js'
import { nameRule } from './options.js'

/**
 * What makes a codeword large: its inner product, fit for coefficients that are known to be positive as in a
 * superposition code, or the magnitude of it, as in the textbooks for signals of either sign.
 *
 * @since 0.1.0
 */
export type Ranking = 'value' | 'magnitude'

export const ranking = nameRule<Ranking>('value', 'magnitude')

/** The scores to rank by. */
export const ranked = (scores: Float64Array, by: Ranking): Float64Array =>
  by === 'value' ? scores : scores.map(Math.abs)

/** The codeword that ranks first for each residual, the lowest index among ties, those taken already left out. */
export function firstOutside(
  dictionary: BatchedDictionary,
  residuals: readonly Float64Array[],
  taken: readonly ReadonlySet<number>[],
  by: Ranking,
): number[] {
  return best(dictionary, residuals, by).map(({ index }, c) => {
    if (!taken[c].has(index)) return index
    const scores = ranked(dictionary.correlateMany([residuals[c]])[0], by)
    for (const i of taken[c]) scores[i] = -Infinity
    return argmax(scores).index
  })
}

function best(dictionary: BatchedDictionary, residuals: readonly Float64Array[], by: Ranking): Scored[] {
  const up = dictionary.argmaxMany(residuals)
  if (by === 'value') return up
  const down = dictionary.argmaxMany(residuals.map((residual) => residual.map((entry) => -entry)))
  return up.map((a, c) =>
    down[c].score > a.score || (down[c].score === a.score && down[c].index < a.index) ? down[c] : a,
  )
}

/** What a label says of it. */
export const byText = (by: Ranking): string => (by === 'value' ? '' : ' by magnitude')
