import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { proposition2Dimension } from '../src/bounds/proposition-2.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { logSignTail } from '../src/statistics/binomial-tail.js'

/** ln of the exact union bound on P(some pair has |⟨F_i, F_j⟩| ≥ ε): C(N, 2) two-sided tails of a sum of d signs. */
const logUnion = (N: number, d: number, epsilon: number) =>
  Math.log(N) + Math.log(N - 1) + logSignTail(d, Math.ceil(epsilon * d))

/** d > 2ε⁻²(2 ln N + ln 1/p) ⇒ with probability ≥ 1 − p every pair of distinct codewords has |⟨F_i, F_j⟩| < ε. */
export const proposition2: Claim = {
  id: 'proposition-2',
  source: 'Proposition 2, Section 3.3, Appendix C',
  kind: 'theorem',
  statement: 'd > 2ε⁻²(2 ln N + ln 1/p) makes every pair of codewords ε-orthogonal with probability ≥ 1 − p.',
  expected: 'proved',
  async check({ seed }) {
    const cases = fc.record({
      N: fc.integer({ min: 2, max: 2 ** 40 }),
      logP: evenly(-30, -0.01),
      epsilon: evenly(0.02, 1),
      spare: fc.nat(200),
    })
    let closest = -Infinity
    const instances = await forAll(
      cases,
      ({ N, logP, epsilon, spare }) => {
        const d = Math.floor(proposition2Dimension(N, Math.exp(logP), epsilon)) + 1 + spare
        const excess = logUnion(N, d, epsilon) - logP
        closest = Math.max(closest, excess)
        return excess <= 0
      },
      { seed },
    )
    return {
      verdict: 'proved',
      evidence: `Chernoff and a union over pairs; exact tails, ${instances} drawn (N, ε, p, d): failure at most ${Math.exp(closest).toPrecision(2)} p`,
      data: { closest: Math.exp(closest) },
    }
  },
}
