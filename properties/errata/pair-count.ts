import { rademacherDictionary } from '../../src/codes/rademacher.js'
import { erratum } from '../../src/ledger/erratum.js'
import { stream } from '../../src/random/stream.js'

const [N, d] = [9, 16]

/** Whether a normalisation turns Σ_{i≠j} ⟨f_i, f_j⟩² into the mean over pairs, in exact integers. */
function isMean(seed: string, terms: number) {
  const dictionary = rademacherDictionary(N, d, stream(seed, 'pairs').key())
  const rows = Array.from({ length: N }, (_, i) => dictionary.signs(i))
  const squares = rows.flatMap((row, i) =>
    rows.slice(i + 1).map((other) => row.reduce((sum, sign, j) => sum + sign * other[j], 0) ** 2),
  )
  const unordered = squares.reduce((sum, square) => sum + square, 0)
  const mean = unordered / squares.length
  const stated = (2 * unordered) / terms
  return {
    truth: stated === mean,
    because: `d² times it is ${stated.toFixed(3)} against a mean over pairs of ${mean.toFixed(3)}`,
  }
}

/** Section 3.4, the definition of γ. */
export const pairCountSlip = erratum({
  id: 'slip-05-pair-count',
  source: 'Section 3.4',
  account: {
    quantifiers: 'Every N ≥ 2; checked at N = 9, d = 16.',
    proof: 'Σ_{i≠j} runs over ordered pairs: each unordered pair twice, N(N − 1) terms in all.',
    computed: 'Both normalisations against the mean over pairs, in integers.',
    sampled: 'One drawn dictionary; any would do.',
  },
  printed: {
    text: 'γ(F) = C(N,2)⁻¹ Σ_{i≠j} ⟨f_i, f_j⟩²',
    holds: ({ seed }) => isMean(seed, (N * (N - 1)) / 2),
  },
  corrected: {
    text: 'γ(F) = (N(N−1))⁻¹ Σ_{i≠j} ⟨f_i, f_j⟩²',
    holds: ({ seed }) => isMean(seed, N * (N - 1)),
  },
})
