import { type PruningOptions, prunedPursuitDecoder } from './pruned-pursuit.js'

/**
 * Subspace pursuit (Dai & Milenkovic 2009): join the k kept codewords with the k of largest inner product with the
 * residual, fit all by least squares, keep the k of largest coefficient and fit those again; until the residual no
 * longer gets shorter. So the residual is orthogonal to the answer.
 *
 * By magnitude it recovers every k-subset when δ_{3k} < 0.4859 (Song, Xia & Liu 2014). An iteration costs one pass
 * over the dictionary, seldom two, and O(k²d).
 *
 * @since 0.1.0
 */
export function subspacePursuit(options: PruningOptions = {}) {
  return prunedPursuitDecoder(
    {
      where: 'subspacePursuit',
      name: 'subspace-pursuit',
      source: 'Dai & Milenkovic 2009',
      label: 'subspace pursuit',
      widen: 1,
      refit: true,
    },
    options,
  )
}
