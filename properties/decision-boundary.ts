import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { decisionBoundary, logPosteriorOdds, mapThreshold } from '../src/bounds/map-boundary.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'

const [N, k, d] = [2 ** 20, 28, 1300]

/**
 * The boundary of the MAP rule is ½ − (1/ρ) log prior odds, and about ½ when ρ is very large. (Printed with the wrong
 * sign.)
 */
export const decisionBoundaryClaim: Claim = {
  id: 'decision-boundary',
  source: 'Section 3.2, after Equation 2',
  kind: 'theorem',
  statement: 'The MAP rule decides S = 1 beyond a boundary that tends to ½ as ρ grows.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every ρ > 0 and every finite log prior odds; “tends to ½” as ρ → ∞ with the prior odds fixed.`,
    proof: `
      By log-odds the posterior odds exceed 1 iff λ > ½ − (1/ρ) ln(P(1)/P(0)), as ρ > 0; that boundary tends to ½ as ρ
      → ∞. It is not near ½ where ρ is of the order of ln(P(0)/P(1)), as it is for crosstalk: ρ = d/k.`,
    computed: `
      The sign of the log odds on both sides of the boundary, and the boundary's distance from ½.`,
    sampled: '1,000 drawn (ρ, prior, step).',
  },
  async check({ seed }) {
    const cases = fc.record({
      logRho: evenly(-3, 20),
      logPrior: evenly(-70, 70),
      step: evenly(1e-3, 10),
    })
    const instances = await forAll(
      cases,
      ({ logRho, logPrior, step }) => {
        const rho = Math.exp(logRho)
        const boundary = decisionBoundary(rho, logPrior)
        const beyond = logPosteriorOdds(boundary + step, rho, logPrior) > 0
        const short = logPosteriorOdds(boundary - step, rho, logPrior) < 0
        // About ½: within 1 % of it once ρ exceeds 200 times the prior's surprise.
        const about = rho < 200 * Math.abs(logPrior) || Math.abs(boundary - 0.5) <= 0.005 + 1e-12
        return beyond && short && about
      },
      { seed },
    )
    const here = mapThreshold(N, k, d)
    return {
      verdict: 'proved',
      evidence:
        `Equation 2 is linear in λ; fast-check, ${instances} cases; not large enough in practice: ` +
        `${here.toFixed(2)} at N = 2^20, k = ${k}, d = ${d}`,
      data: { N, k, d, boundary: here },
    }
  },
}
