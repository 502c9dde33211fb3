import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { proposition3Dimension, proposition3Failure } from '../src/bounds/proposition-3.js'
import { thresholdFiniteDimension } from '../src/bounds/threshold-finite.js'
import { thresholdUnion } from '../src/bounds/threshold-union.js'
import { threshold } from '../src/decoders/one-step/threshold.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { described, testDecoder } from './simulate.js'

const [N, k, p] = [512, 4, 0.05]

/** For fixed y: d ≥ 8k(ln N + ln 1/p) ⇒ threshold decoding recovers y with probability ≥ 1 − p; in the proof, P(fail) ≤ N e^(−d/8k). */
export const proposition3: Claim = {
  id: 'proposition-3',
  source: 'Proposition 3, Section 3.3, Appendix E',
  kind: 'theorem',
  statement:
    'd ≥ 8k(ln N + ln 1/p) lets threshold decoding recover a given k-subset with probability ≥ 1 − p.',
  expected: 'proved',
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
        return exact <= promised && promised <= logP + 1e-9
      },
      { seed },
    )
    const at = Math.ceil(proposition3Dimension(N, k, p))
    const even = Math.floor(thresholdFiniteDimension(N, k, 0.5) * 0.8)
    const decide = (d: number, bar: number) =>
      testDecoder(threshold(), { N, k, d }, seed, { bar, alpha: alpha / 3, cap: 4000 })
    const [there, far, below] = [decide(at, 1 - p), decide(4 * at, 1 - p), decide(even, 0.5)]
    const asPromised = there.verdict === 'above' && far.verdict === 'above' && below.verdict === 'below'
    return {
      verdict: asPromised ? 'proved' : there.verdict === 'below' ? 'refuted' : 'inconclusive',
      evidence: `Chernoff and a union; exact tails, ${instances} drawn (N, k, p, d): failure at most ${Math.exp(closest).toPrecision(2)} p; at N = ${N}, k = ${k}, d = ${at}: ${described(there)}; at the even odds of the exact law less 20 % (${even}): ${described(below)}`,
      data: { closest: Math.exp(closest), at, even },
    }
  },
}
