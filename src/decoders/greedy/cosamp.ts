import { type PruningOptions, prunedPursuitDecoder } from './pruned-pursuit.js'

/**
 * CoSaMP (Needell & Tropp 2009): join the k kept codewords with the 2k of largest inner product with the residual,
 * fit all by least squares, keep the k of largest coefficient with the coefficients they have; until the residual no
 * longer gets shorter.
 *
 * By magnitude it recovers every k-subset when δ_{4k} < ½ (Song, Xia & Liu 2014; ≤ 0.1 in the original). An iteration
 * costs one pass over the dictionary, seldom two, and O(k²d).
 *
 * @since 0.1.0
 */
export function cosamp(options: PruningOptions = {}) {
  return prunedPursuitDecoder(
    {
      where: 'cosamp',
      name: 'cosamp',
      source: 'Needell & Tropp 2009',
      label: 'CoSaMP',
      widen: 2,
      refit: false,
    },
    options,
  )
}
