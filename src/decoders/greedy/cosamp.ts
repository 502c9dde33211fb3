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
 * CoSaMP (Needell & Tropp 2009): join the k kept codewords with the 2k of largest inner product with the residual,
 * fit all by least squares, keep the k of largest coefficient with the coefficients they have; until the residual no
 * longer gets shorter.
 *
 * By magnitude it recovers every k-subset when δ_{4k} < ½ (Song, Xia & Liu 2014; ≤ 0.1 in the original). An iteration
 * costs one pass over the dictionary, seldom two, and O(k²d).
 */
export function cosamp(options: Options = {}) {
  const { iterations = 50, by = 'value' } = checkOptions('cosamp', options, {
    iterations: count,
    by: ranking,
  })
  return reportingDecoder(
    {
      name: by === 'value' ? 'cosamp' : 'cosamp-magnitude',
      source: 'Needell & Tropp 2009',
      label: `CoSaMP${byText(by)}`,
      family: 'greedy',
      general: 'revealing',
      ...(by === 'value' && { law: 'cosamp' }),
    },
    (dictionary, codes, k) =>
      iterateSelective(
        byProjection(dictionary),
        codes,
        (many, code) => prunedPursuit(many, code, k, { widen: 2 * k, refit: false, iterations, by }),
        SCORE_BITS,
      ),
  )
}
