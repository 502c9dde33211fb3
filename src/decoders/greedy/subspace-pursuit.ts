import { iterateSelective } from '../batched-iteration.js'
import { reportingDecoder } from '../decode-report.js'
import { byProjection } from '../norms.js'
import { checkOptions, count } from '../options.js'
import { byText, type Ranking, ranking } from '../ranking.js'
import { prunedPursuit, SCORE_BITS } from './pruned-pursuit.js'

interface Options {
  /** Most iterations; 50 unless given. */
  readonly iterations?: number
  readonly by?: Ranking
}

/**
 * Subspace pursuit (Dai & Milenkovic 2009): join the k kept codewords with the k of largest inner product with the
 * residual, fit all by least squares, keep the k of largest coefficient and fit those again; until the residual no
 * longer gets shorter. So the residual is orthogonal to the answer.
 *
 * By magnitude it recovers every k-subset when δ_{3k} < 0.4859 (Song, Xia & Liu 2014). An iteration costs one pass
 * over the dictionary, seldom two, and O(k²d).
 */
export function subspacePursuit(options: Options = {}) {
  const { iterations = 50, by = 'value' } = checkOptions('subspacePursuit', options, {
    iterations: count,
    by: ranking,
  })
  return reportingDecoder(
    {
      name: by === 'value' ? 'subspace-pursuit' : 'subspace-pursuit-magnitude',
      source: 'Dai & Milenkovic 2009',
      label: `subspace pursuit${byText(by)}`,
      family: 'greedy',
      general: 'revealing',
      ...(by === 'value' && { law: 'subspace-pursuit' }),
    },
    (dictionary, codes, k) =>
      iterateSelective(
        byProjection(dictionary),
        codes,
        (many, code) => prunedPursuit(many, code, k, { widen: k, refit: true, iterations, by }),
        SCORE_BITS,
      ),
  )
}
