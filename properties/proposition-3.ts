import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { proposition3Dimension, proposition3Failure } from '../src/bounds/proposition-3.js'
import { thresholdFiniteDimension } from '../src/bounds/threshold-finite.js'
import { thresholdUnion } from '../src/bounds/threshold-union.js'
import { threshold } from '../src/decoders/one-step/threshold.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { THRESHOLD_SHARES, thresholdShare } from './failure-shares.js'
import { described, testDecoder } from './simulate.js'

const [N, k, p] = [512, 4, 0.05]

/**
 * For fixed y: d ≥ 8k(ln N + ln 1/p) ⇒ threshold decoding recovers y with probability ≥ 1 − p; in the proof, P(fail)
 * ≤ N e^(−d/8k).
 */
export const proposition3: Claim = {
  id: 'proposition-3',
  source: 'Proposition 3, Section 3.3, Appendix E',
  kind: 'theorem',
  statement:
    'd ≥ 8k(ln N + ln 1/p) lets threshold decoding recover a given k-subset with probability ≥ 1 − p.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every N ≥ 2, 1 ≤ k ≤ N, 0 < p < 1, integer d ≥ 8k(ln N + ln 1/p), every fixed k-subset y; the probability is
      over the Rademacher dictionary.`,
    proof: `
      A non-member's d·score is a sum of kd fair signs, a member's is d plus a sum of (k − 1)d. Each errs with
      probability at most e^(−d/8k) (chernoff at r√n = d/2; the member's sum has fewer terms). A union over N
      codewords: N e^(−d/8k) ≤ p. More: with x = ½√(d/k) each tail is at most c·Q(x), c = 3.178 (Bentkus &
      Dzindzalieta 2015, Theorem 1.1), and x² ≥ 2 ln N, so the failure is at most cQ(x)e^(x²/2)·p: 0.77 p for every N
      ≥ 2, and 0.36 p from N = 2^8 on.`,
    computed: `
      The exact union bound at each drawn size, against N e^(−d/8k), p, 0.77 p, and 0.36 p from N = 2^8 on.`,
    sampled: `
      1,000 drawn (N, k, p, d) up to N = e^40. Sequential tests of whole decodes at N = 512, k = 4.`,
  },
  async check({ seed, alpha }) {
    const cases = fc.record({
      logN: evenly(Math.log(2), 40),
      k: fc.integer({ min: 1, max: 100 }),
      logP: evenly(-30, -0.01),
      spare: fc.nat(500),
    })
    let closest = -Infinity
    const instances = await forAll(
      cases,
      ({ logN, k, logP, spare }) => {
        const N = Math.max(k, Math.round(Math.exp(logN)))
        const d = Math.ceil(proposition3Dimension(N, k, Math.exp(logP))) + spare
        const exact = thresholdUnion(N, k, d)
        const promised = Math.log(proposition3Failure(N, k, d))
        closest = Math.max(closest, exact - logP)
        const share = Math.log(thresholdShare(Math.max(2, N)))
        return exact <= promised && promised <= logP + 1e-9 && exact <= logP + share
      },
      { seed },
    )
    const at = Math.ceil(proposition3Dimension(N, k, p))
    const even = Math.floor(thresholdFiniteDimension(N, k, 0.5) * 0.8)
    const decide = (d: number, bar: number) =>
      testDecoder(threshold(), { N, k, d }, seed, { bar, alpha: alpha / 3, cap: 4000 })
    const [there, far, below] = [decide(at, 1 - p), decide(4 * at, 1 - p), decide(even, 0.5)]
    const { least, large } = THRESHOLD_SHARES
    const shared = thresholdShare(2) <= least && thresholdShare(2 ** 8) <= large
    const asPromised =
      shared && there.verdict === 'above' && far.verdict === 'above' && below.verdict === 'below'
    return {
      verdict: asPromised ? 'proved' : there.verdict === 'below' ? 'refuted' : 'inconclusive',
      evidence:
        `Chernoff and a union; failure at most ${least} p at every size, ${large} p from N = 2^8 on ` +
        `(Bentkus & Dzindzalieta 2015); exact tails, ${instances} drawn (N, k, p, d): at most ` +
        `${Math.exp(closest).toPrecision(2)} p among them; at N = ${N}, k = ${k}, d = ${at}: ` +
        `${described(there)}; at the even odds of the exact law less 20 % (${even}): ${described(below)}`,
      data: { closest: Math.exp(closest), at, even },
    }
  },
}
