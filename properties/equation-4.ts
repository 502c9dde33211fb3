import fc from 'fast-check'
import { all, create } from 'mathjs'
import { entropyBits } from '../src/bounds/entropy.js'
import { equation4Bitrate, equation4Dimension } from '../src/bounds/equation-4.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'

const precise = create(all, { number: 'BigNumber', precision: 50 })

/** At d = 4k ln N the bitrate is at most (1/(4 ln 2))(1 − (ln k − 1)/ln N), and 4 ln 2 > 2.7. */
export const equation4Claim: Claim = {
  id: 'equation-4',
  source: 'Equation 4',
  kind: 'arithmetic',
  statement: 'At d = 4k ln N the bitrate is at most (1/(4 ln 2))(1 − (ln k − 1)/ln N), and 4 ln 2 > 2.7.',
  expected: 'proved',
  account: {
    quantifiers: `
      All integers N ≥ 2, 1 ≤ k ≤ N; the bitrate is log2 C(N,k)/d at d = 4k ln N, as a real number.`,
    proof: `
      log2 C(N,k) ≤ k log2(eN/k) (binomial-bounds), so the bitrate is at most log2(eN/k)/(4 ln N) = (1 + ln N − ln
      k)/(4 ln 2 · ln N). And ln 2 > 0.693, so 4 ln 2 > 2.77.`,
    computed: 'The ratio of the two sides at each drawn size; 4 ln 2 to 50 digits.',
    sampled: '1,000 drawn (N, k) up to N = 2^50, k = 2^12.',
  },
  async check({ seed }) {
    const fourLn2 = Number(precise.evaluate('4 * log(2)'))
    const sizes = fc
      .integer({ min: 2, max: 2 ** 50 })
      .chain((N) => fc.tuple(fc.constant(N), fc.integer({ min: 1, max: Math.min(N, 2 ** 12) })))
    let closest = 0
    const instances = await forAll(
      sizes,
      ([N, k]) => {
        const ratio = entropyBits(N, k) / equation4Dimension(N, k) / equation4Bitrate(N, k)
        closest = Math.max(closest, ratio)
        return ratio <= 1
      },
      { seed },
    )
    return {
      verdict: fourLn2 > 2.7 ? 'proved' : 'refuted',
      evidence:
        `C(N,k) ≤ (eN/k)^k; ${instances} drawn (N, k) up to 2^50, largest ratio ${closest.toFixed(4)}; 4 ` +
        `ln 2 = ${fourLn2.toFixed(4)}`,
      data: { fourLn2, closest },
    }
  },
}
