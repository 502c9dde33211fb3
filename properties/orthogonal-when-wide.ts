import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { givenDictionary } from '../src/codes/dense.js'
import { dictionaryOfSigns } from '../src/codes/rademacher.js'
import { randomSubset, sameSubset } from '../src/codes/subset.js'
import { threshold } from '../src/decoders/one-step/threshold.js'
import { topK } from '../src/decoders/one-step/top-k.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { stream } from '../src/random/stream.js'

/** Row i of Sylvester's Hadamard matrix of order n = 2^m: signs (−1)^(bits that i and j share). */
function hadamardRow(i: number, n: number): Int8Array {
  const parity = (bits: number): number => (bits ? 1 ^ parity(bits & (bits - 1)) : 0)
  return Int8Array.from({ length: n }, (_, j) => 1 - 2 * parity(i & j))
}

/** For d ≥ N codewords can be orthonormal, and then one-step decoding is exact. */
export const orthogonalWhenWide: Claim = {
  id: 'orthogonal-when-wide',
  source: 'Section 3.4',
  kind: 'deterministic theorem',
  statement: 'For d ≥ N codewords can be orthonormal, and one-step decoding is exact.',
  expected: 'proved',
  account: {
    quantifiers: `
      For every d ≥ N some dictionary (not every one, and hardly any Rademacher one) is orthonormal; over it, every
      k-subset is read by threshold and by top-k decoding.`,
    proof: `
      N ≤ d orthonormal vectors exist in d dimensions. Over them ⟨f_i, X⟩ = Y_i exactly, so members score 1 and the
      others 0.`,
    computed: 'Both decoders over rows of Hadamard matrices and over unit vectors.',
    sampled: '1,000 drawn orthonormal dictionaries, N ≤ 64, subsets of any size.',
  },
  async check({ seed }) {
    const shapes = fc.record({
      order: fc.integer({ min: 0, max: 6 }),
      spare: fc.nat(10),
      fill: evenly(0, 1),
      signs: fc.boolean(),
      trial: fc.noShrink(fc.nat()),
    })
    const instances = await forAll(
      shapes,
      ({ order, spare, fill, signs, trial }) => {
        const random = stream(seed, order, trial)
        const width = 2 ** order
        const N = 1 + random.integer(width)
        const rows = randomSubset(width, N, random)
        // Rows of a Hadamard matrix; or unit vectors of a wider space, which exist for every d ≥ N.
        const dictionary = signs
          ? dictionaryOfSigns(rows.map((row) => hadamardRow(row, width)))
          : givenDictionary(
              rows.map((row) => Float64Array.from({ length: width + spare }, (_, j) => +(j === row))),
            )
        const k = Math.round(fill * N)
        const subset = randomSubset(N, k, random)
        const problem = { dictionary, code: dictionary.superpose(subset), k, random: random.uniform }
        return [threshold(), topK()].every((decoder) =>
          sameSubset(decoder.decode(problem) as number[], subset),
        )
      },
      { seed },
    )
    return {
      verdict: 'proved',
      evidence: `no crosstalk; fast-check, ${instances} orthonormal dictionaries, any k`,
    }
  },
}
