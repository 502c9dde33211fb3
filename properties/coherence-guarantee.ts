import { coherenceLevel } from '../src/bounds/coherence-guarantee.js'
import { coherence } from '../src/certificates/coherence.js'
import { rademacherDictionary } from '../src/codes/rademacher.js'
import { sameSubset } from '../src/codes/subset.js'
import { builtInDecoder } from '../src/decoders/built-in.js'
import { type Claim, Counterexample } from '../src/ledger/claim.js'
import { everySubset } from '../src/numerics/subsets.js'
import { stream } from '../src/random/stream.js'

const greedy = ['top-k', 'matching-pursuit', 'orthogonal-matching-pursuit']
/** Basis pursuit takes a hundred times as long: it reads the subsets of every so many dictionaries. */
const everySo = 5

/** μ < 1/(2k − 1) ⇒ OMP and basis pursuit recover every k-subset (Tropp 2004); and so does top-k. */
export const coherenceGuarantee: Claim = {
  id: 'coherence-guarantee',
  source: 'A review; Tropp 2004, Corollary 3.6',
  kind: 'deterministic theorem',
  statement: 'Coherence below 1/(2k − 1) lets OMP, basis pursuit and top-k recover every k-subset.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every k ≥ 1, every dictionary of unit codewords with μ = max |⟨f_i, f_j⟩| < 1/(2k − 1), every k-subset with
      coefficients 1; for OMP and basis pursuit with any coefficients.`,
    proof: `
      OMP and basis pursuit: Tropp 2004, Theorem 3.1 with Corollary 3.6, and Theorem 3.3. Top-k: a member scores at
      least 1 − (k − 1)μ, any other codeword at most kμ, and 1 − (k − 1)μ > kμ iff μ < 1/(2k − 1).`,
    computed: `
      Every k-subset of each certified dictionary decoded by top-k, matching pursuit and OMP, every fifth also by
      basis pursuit.`,
    sampled: '200 drawn dictionaries with k ≤ 3, of which those below the level count.',
  },
  async check({ seed }) {
    let dictionaries = 0
    let [subsets, pursued] = [0, 0]
    for (let instance = 0; instance < 200; instance++) {
      const k = 1 + (instance % 3)
      const N = 2 * k + 2
      const dictionary = rademacherDictionary(N, 12 + 3 * instance, stream(seed, instance).key())
      if (coherence(dictionary) >= coherenceLevel(k)) continue
      const promised = dictionaries++ % everySo === 0 ? [...greedy, 'bpdn'] : greedy
      for (const subset of everySubset(N, k)) {
        subsets++
        if (promised.length > greedy.length) pursued++
        const problem = { dictionary, code: dictionary.superpose(subset), k, random: () => 0 }
        for (const name of promised) {
          const answer = await builtInDecoder(name)!.decode(problem)
          if (!sameSubset(answer, subset)) {
            throw new Counterexample(
              `${name} misreads {${subset}} over dictionary ${instance} of seed ${seed}, N = ${N}`,
            )
          }
        }
      }
    }
    return {
      verdict: dictionaries > 50 ? 'proved' : 'inconclusive',
      evidence:
        `Tropp 2004; exhaustively, ${subsets} subsets of ${dictionaries} certified dictionaries by ` +
        `${greedy.join(', ')}, ${pursued} of them by basis pursuit (bpdn)`,
    }
  },
}
