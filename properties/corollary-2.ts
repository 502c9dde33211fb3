import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { corollary2Dimension, corollary2Failure } from '../src/bounds/corollary-2.js'
import { thresholdUnion } from '../src/bounds/threshold-union.js'
import { rademacherArena } from '../src/codes/rademacher.js'
import { sameSubset } from '../src/codes/subset.js'
import { threshold } from '../src/decoders/one-step/threshold.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { everySubset } from '../src/numerics/subsets.js'
import { stream } from '../src/random/stream.js'
import { testRate } from '../src/statistics/sequential-test.js'
import { THRESHOLD_SHARES, thresholdShare } from './failure-shares.js'
import { described } from './simulate.js'

const [N, k, p, epsilon] = [16, 2, 0.2, 0.1]

/** d ≥ 8k(ln N + ln 1/(εp)) ⇒ with probability ≥ 1 − p a fraction ≥ 1 − ε of all k-subsets is recovered. */
export const corollary2: Claim = {
  id: 'corollary-2',
  source: 'Corollary 2, Section 3.3',
  kind: 'theorem',
  statement:
    'd ≥ 8k(ln N + ln 1/(εp)) lets threshold decoding recover all but a fraction ε of the k-subsets, ' +
    'with probability ≥ 1 − p.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every N ≥ 2, 1 ≤ k ≤ N, 0 < p, ε < 1, integer d ≥ 8k(ln N + ln 1/(εp)); the probability is over the Rademacher
      dictionary, the fraction over the k-subsets.`,
    proof: `
      By Proposition 3 with εp for p each k-subset fails with probability at most εp, so the expected failing fraction
      is at most εp; by Markov's inequality it exceeds ε with probability at most p. The sharper factors of
      proposition-3 carry over: 0.77 p, and 0.36 p from N = 2^8 on.`,
    computed: 'The exact union bound over ε at each drawn size.',
    sampled: `
      1,000 drawn (N, k, p, ε, d). Sequential tests over drawn dictionaries at N = 16, k = 2, all subsets of each
      decoded.`,
  },
  async check({ seed, alpha }) {
    const logarithm = evenly(-20, -0.01)
    const cases = fc.record({
      N: fc.integer({ min: 100, max: 2 ** 40 }),
      k: fc.integer({ min: 1, max: 100 }),
      logP: logarithm,
      logEpsilon: logarithm,
      spare: fc.nat(500),
    })
    let closest = -Infinity
    const instances = await forAll(
      cases,
      ({ N, k, logP, logEpsilon, spare }) => {
        const [p, epsilon] = [Math.exp(logP), Math.exp(logEpsilon)]
        const d = Math.ceil(corollary2Dimension(N, k, p, epsilon)) + spare
        // Markov: the expected failing fraction, over ε.
        const exact = thresholdUnion(N, k, d) - logEpsilon
        closest = Math.max(closest, exact - logP)
        const share = Math.log(thresholdShare(N))
        return exact <= Math.log(corollary2Failure(N, k, d, epsilon)) && exact <= logP + share
      },
      { seed },
    )
    const at = Math.ceil(corollary2Dimension(N, k, p, epsilon))
    const decide = (d: number, bar: number) => {
      const test = testRate({ bar, alpha: alpha / 3, cap: 1500 })
      while (!test.done) test.update(misreadShare(d, `${seed}/${test.trials}`) <= epsilon)
      return test
    }
    const [there, far, below] = [decide(at, 1 - p), decide(4 * at, 1 - p), decide(Math.ceil(at / 8), 0.5)]
    const asPromised = there.verdict === 'above' && far.verdict === 'above' && below.verdict === 'below'
    return {
      verdict: asPromised ? 'proved' : there.verdict === 'below' ? 'refuted' : 'inconclusive',
      evidence:
        `Proposition 3 and Markov, so failure at most ${THRESHOLD_SHARES.least} p, ` +
        `${THRESHOLD_SHARES.large} p from N = 2^8 on; exact tails, ${instances} drawn (N, k, p, ε, d): ` +
        `at most ${Math.exp(closest).toPrecision(2)} p among them; all subsets of N = ${N}, k = ${k} at ` +
        `d = ${at}: ${described(there)}; at d = ${Math.ceil(at / 8)}: ${described(below)}`,
      data: { closest: Math.exp(closest), at },
    }
  },
}

const arena = rademacherArena()

/** Share of all k-subsets that threshold decoding misreads over one drawn dictionary. */
function misreadShare(d: number, seed: string): number {
  const dictionary = arena.draw(N, d, stream(seed, d).key())
  const subsets = [...everySubset(N, k)]
  const codes = subsets.map((subset) => dictionary.superpose(subset))
  const answers = threshold().decodeMany!(dictionary, codes, k)
  return answers.filter((answer, s) => !sameSubset(answer, subsets[s])).length / subsets.length
}
