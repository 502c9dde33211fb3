import { checkEnumerable, everySubset } from '../codes/enumerate.js'
import type { Decoder } from '../codes/problem.js'

/**
 * Maximum likelihood by exhaustion: the k-subset whose code is nearest to X, the first in lexicographic order among ties. No decoder
 * errs less often on a uniform subset, with or without Gaussian noise on the code. O(C(N, k)·kd).
 * @param limit most subsets gone through; `decode` throws RangeError when C(N, k) is above it.
 */
export const maximumLikelihood = (limit = 200_000): Decoder => ({
  name: 'maximum-likelihood',
  decode({ dictionary, code, k }) {
    checkEnumerable(dictionary.size, k, limit, 'maximum likelihood')
    let nearest: readonly number[] = []
    let least = Infinity
    for (const subset of everySubset(dictionary.size, k)) {
      const distance = dictionary.superpose(subset).reduce((sum, entry, j) => sum + (entry - code[j]) ** 2, 0)
      if (distance < least) [nearest, least] = [subset, distance]
    }
    return nearest
  },
})
