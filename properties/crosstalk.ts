import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { rademacherDictionary } from '../src/codes/rademacher.js'
import { randomSubset } from '../src/codes/subset.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { stream } from '../src/random/stream.js'

/**
 * ⟨f_i, X⟩ = Y_i + ξ_i with ξ_i = Σ_{j ≠ i} Y_j⟨f_i, f_j⟩, a sum of k − 1 terms for members and k for the others.
 * In integer units, d·⟨f_i, X⟩ = d·Y_i + Σ_{j ≠ i} Y_j⟨F_i, F_j⟩ exactly.
 */
export const crosstalk: Claim = {
  id: 'crosstalk',
  source: 'Equation 3',
  kind: 'deterministic theorem',
  statement:
    'A matched filter reads Y_i plus crosstalk, a sum of k − 1 (member) or k inner products of codewords.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every N, d, every dictionary of unit codewords, every subset Y, every i: ξ_i has |Y| − 1 terms for members and
      |Y| for the others.`,
    proof: `
      ⟨f_i, X⟩ = Σ_{j ∈ Y} ⟨f_i, f_j⟩ by linearity; the term j = i, which is there iff i ∈ Y, is ‖f_i‖² = 1.`,
    computed: 'd·⟨f_i, X⟩ = d·Y_i + Σ_j ⟨F_i, F_j⟩ in exact integers, for every codeword.',
    sampled: '1,000 drawn sign dictionaries with N ≤ 80, d ≤ 150, and subsets of any size.',
  },
  async check({ seed }) {
    const shapes = fc.record({
      N: fc.integer({ min: 1, max: 80 }),
      d: fc.integer({ min: 1, max: 150 }),
      fill: evenly(0, 1),
      trial: fc.noShrink(fc.nat()),
    })
    const instances = await forAll(
      shapes,
      ({ N, d, fill, trial }) => {
        const random = stream(seed, N, d, trial)
        const dictionary = rademacherDictionary(N, d, random.key())
        const subset = randomSubset(N, Math.round(fill * N), random)
        const scores = dictionary.correlate(dictionary.superpose(subset))
        const signs = Array.from({ length: N }, (_, i) => dictionary.signs(i))
        return scores.every((score, i) => {
          const others = subset.filter((j) => j !== i)
          const terms = others.map((j) => signs[j].reduce((sum, sign, at) => sum + sign * signs[i][at], 0))
          const Y = subset.includes(i) ? 1 : 0
          return (
            terms.length === subset.length - Y &&
            Math.round(score * d) === d * Y + terms.reduce((sum, term) => sum + term, 0)
          )
        })
      },
      { seed },
    )
    return {
      verdict: 'proved',
      evidence: `linearity; fast-check in exact integers, ${instances} dictionaries`,
    }
  },
}
