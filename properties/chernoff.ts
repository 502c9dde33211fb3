import fc from 'fast-check'
import { chernoffLogTail, gaussianCumulant, signCumulant } from '../src/bounds/chernoff.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { logSignTail } from '../src/statistics/binomial-tail.js'

/** K_X(λ) ≤ λ²/2 for a fair sign X; ln P(S_n ≥ r√n) ≤ −r²/2 uniformly in n. */
export const chernoff: Claim = {
  id: 'chernoff',
  source: 'Appendix C, Proposition 4, Equation 6',
  kind: 'deterministic theorem',
  statement: 'K_X(λ) ≤ λ²/2 for a fair sign, and ln P(S_n ≥ r√n) ≤ −r²/2 for every n.',
  expected: 'proved',
  async check({ seed }) {
    // Below 1e-100 both sides underflow.
    const lambdas = fc
      .double({ min: -50, max: 50, noNaN: true })
      .filter((lambda) => Math.abs(lambda) > 1e-100)
    const cumulants = await forAll(lambdas, (lambda) => signCumulant(lambda) <= gaussianCumulant(lambda), {
      seed,
    })
    let points = 0
    let tightest = Number.POSITIVE_INFINITY
    for (let n = 1; n <= 300; n++) {
      for (let m = 1; m <= n; m++) {
        const slack = chernoffLogTail(m / Math.sqrt(n)) - logSignTail(n, m)
        if (!(slack >= 0)) return { verdict: 'refuted', evidence: `fails at n = ${n}, S_n ≥ ${m}` }
        tightest = Math.min(tightest, slack)
        points++
      }
    }
    return {
      verdict: 'proved',
      evidence: `cosh λ ≤ e^(λ²/2) term by term; ${cumulants} drawn λ; exact tails, all ${points} points of n ≤ 300, least slack ${tightest.toFixed(3)} nats`,
      data: { tightest },
    }
  },
}
