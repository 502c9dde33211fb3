import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { proposition2Dimension } from '../src/bounds/proposition-2.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { logSignTail } from '../src/statistics/binomial-tail.js'
import { PAIR_SHARE, pairShare } from './failure-shares.js'

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
  account: {
    quantifiers: `
      Every N ≥ 2, ε > 0, 0 < p < 1, integer d > 2ε⁻²(2 ln N + ln 1/p); the probability is over the Rademacher
      dictionary.`,
    proof: `
      For i ≠ j, d⟨f_i, f_j⟩ is a sum of d fair signs: P(|⟨f_i, f_j⟩| ≥ ε) ≤ 2e^(−dε²/2) (chernoff). A union over N(N
      − 1)/2 pairs gives N(N − 1)e^(−dε²/2) < p. More: with x = ε√d Chernoff's e^(−x²/2) may be replaced by c·Q(x), c
      = 3.178 (Bentkus & Dzindzalieta 2015, Theorem 1.1), and x² > 4 ln N, so the failure is at most (1 −
      1/N)·cQ(x)e^(x²/2)·p. That factor falls in x, and at x = 2√ln N it is at most 0.36, its largest at N = 5.`,
    computed: `
      The exact union bound on the failure at each drawn size, against p and against 0.36 p; the largest value of the
      factor over all N.`,
    sampled: '1,000 drawn (N, ε, p, d) up to N = 2^40.',
  },
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
        return excess <= Math.log(pairShare(N))
      },
      { seed },
    )
    const shares = Array.from({ length: 1000 }, (_, i) => pairShare(i + 2))
    const most = Math.max(...shares)
    return {
      verdict: most <= PAIR_SHARE ? 'proved' : 'refuted',
      evidence:
        `Chernoff and a union over pairs; failure at most ${PAIR_SHARE} p at every size (Bentkus & ` +
        `Dzindzalieta 2015); exact tails, ${instances} drawn (N, ε, p, d): at most ` +
        `${Math.exp(closest).toPrecision(2)} p among them`,
      data: { closest: Math.exp(closest), most },
    }
  },
}
