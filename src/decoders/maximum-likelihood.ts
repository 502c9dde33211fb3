import type { Dictionary } from '../codes/problem.js'
import { addScaled } from '../numerics/add-scaled.js'
import { inner } from '../numerics/inner.js'
import { checkEnumerable, countSubsets, everySubset } from '../numerics/subsets.js'
import { type DecodeReport, reportingDecoder, unexplained } from './decode-report.js'
import { atLeastRule, checkOption } from './options.js'

/** Two squared distances this close, relative to the code's, are taken for a tie. */
const TIE = 1e-10

/**
 * Exhaustive maximum likelihood: the k-subset whose encoding is nearest to the code, the first in lexicographic order
 * among ties. Without noise no decoder does better: it fails only where two subsets share a code. O(d) for each of
 * the C(N, k) subsets.
 * @param limit most subsets gone through, at least 1; decoding throws RangeError when C(N, k) is above it.
 * @since 0.1.0
 */
export function maximumLikelihood(limit = 200_000) {
  checkOption('maximumLikelihood', 'limit', limit, atLeastRule(1))
  return reportingDecoder(
    {
      name: 'maximum-likelihood',
      source: 'Section 3.5',
      label: 'maximum likelihood',
      family: 'search',
      law: 'maximum-likelihood',
      refuses: ({ N, k }) =>
        countSubsets(N, k) <= limit ? undefined : `C(${N}, ${k}) subsets are more than ${limit}`,
    },
    (dictionary, codes, k) => {
      checkEnumerable(dictionary.size, k, limit, 'maximum likelihood')
      return codes.map((code) => nearest(dictionary, code, k))
    },
  )
}

function nearest(dictionary: Dictionary, code: Float64Array, k: number): DecodeReport {
  // What the first m codewords of the subset leave of the code, for m = 0, …, k.
  const rests = Array.from({ length: k + 1 }, () => code.slice())
  let before: readonly number[] | undefined
  const tie = TIE * inner(code, code)
  let least = Infinity
  let answer: readonly number[] = []
  let iterations = 0
  for (const subset of everySubset(dictionary.size, k)) {
    iterations++
    for (let m = subset.findIndex((i, m) => i !== before?.[m]); m >= 0 && m < k; m++) {
      rests[m + 1].set(rests[m])
      addScaled(rests[m + 1], -1, dictionary.codeword(subset[m]))
    }
    before = subset
    const distance = inner(rests[k], rests[k])
    if (distance < least - tie) {
      least = distance
      answer = subset
    }
  }
  const residual = unexplained(dictionary, code, answer)
  return { answer: [...answer], converged: true, residual, iterations, passes: 0 }
}
