import { manyCodes } from '../codes/many-codes.js'
import { largest } from './largest.js'
import { fixedStepsDecoder } from './report.js'

/** Top-k decoding: the k indices of largest ⟨f_i, X⟩ (Definition 2); the lowest index wins a tie. */
export const topK = () =>
  fixedStepsDecoder(
    { name: 'top-k', source: 'Definition 2', coherenceGuarantee: (k) => 1 / (2 * k - 1) },
    (dictionary, codes, k) =>
      manyCodes(dictionary)
        .correlateMany(codes)
        .map((scores) => largest(scores, k)),
  )
