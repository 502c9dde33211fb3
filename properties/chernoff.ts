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
  account: {
    quantifiers: `
      Every real λ; every n ≥ 1 and every r ≥ 0; S_n is the sum of n independent fair signs.`,
    proof: `
      cosh λ = Σ λ^(2m)/(2m)! ≤ Σ λ^(2m)/(2^m m!) = e^(λ²/2), as (2m)! ≥ 2^m m!. So E e^(λS_n) ≤ e^(nλ²/2), and by
      Markov's inequality P(S_n ≥ r√n) ≤ e^(nλ²/2 − λr√n) for λ ≥ 0; at λ = r/√n that is e^(−r²/2).`,
    computed: 'The exact tails at all n ≤ 300 and all bars; ln cosh λ.',
    sampled: '1,000 drawn λ.',
  },
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
      evidence:
        `cosh λ ≤ e^(λ²/2) term by term; ${cumulants} drawn λ; exact tails, all ${points} points of n ≤ ` +
        `300, least slack ${tightest.toFixed(3)} nats`,
      data: { tightest },
    }
  },
}
