import { sameSubset } from '../src/codes/subset.js'
import { threshold } from '../src/decoders/one-step/threshold.js'
import { topK } from '../src/decoders/one-step/top-k.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { adversarial } from './instances.js'

/** Whenever threshold decoding recovers Y, top-k decoding does: members read ≥ ½, all others below. */
export const thresholdImpliesTopK: Claim = {
  id: 'threshold-implies-top-k',
  source: 'Section 3.2, after Definition 2',
  kind: 'deterministic theorem',
  statement: 'Whenever threshold decoding recovers Y, top-k decoding does.',
  expected: 'proved',
  account: {
    quantifiers: 'Every dictionary, every subset, instance by instance; ties are broken in any way.',
    proof: `
      Threshold decoding at ½ recovers Y iff every member scores at least ½ and every other codeword less. Then the k
      members have strictly larger scores than all others, so the k largest scores are theirs, however ties are
      broken.`,
    computed: 'Both decoders on each instance, in integers.',
    sampled: `
      3,000 drawn instances, typical and adversarial; more than 100 of them are read by the threshold.`,
  },
  async check({ seed }) {
    let read = 0
    const instances = await forAll(
      adversarial({ widest: 400 }),
      (instance) => {
        const { problem, subset } = instance.draw(seed)
        if (!sameSubset(threshold().decode(problem) as number[], subset)) return true
        read++
        return sameSubset(topK().decode(problem) as number[], subset)
      },
      { seed, runs: 3000 },
    )
    return {
      verdict: read > 100 ? 'proved' : 'inconclusive',
      evidence:
        `members score at least ½ and the others less; fast-check, ${instances} instances, ${read} of ` +
        'them read by the threshold',
    }
  },
}
