import { decisionBoundary, logOddsAgainst, logPosteriorOdds } from '../../src/bounds/map-boundary.js'
import { erratum } from '../../src/ledger/erratum.js'

const [N, k, d] = [2 ** 20, 28, 1300]
const rho = d / k
const logPriorOdds = -logOddsAgainst(N, k)

/** Whether the posterior odds of Equation 2 are even at λ. */
function even(lambda: number) {
  const odds = logPosteriorOdds(lambda, rho, logPriorOdds)
  return {
    truth: Math.abs(odds) < 1e-9,
    because:
      `at N = 2^20, k = ${k}, d = ${d} it is λ = ${lambda.toFixed(2)}, where the log posterior odds are ` +
      `${odds.toFixed(2)}`,
  }
}

/** After Equation 2. */
export const decisionBoundarySlip = erratum({
  id: 'slip-04-decision-boundary',
  source: 'Section 3.2, after Equation 2',
  account: {
    quantifiers: 'N = 2^20, k = 28, d = 1300, ρ = d/k; the corrected form for every ρ and prior.',
    proof: 'log-odds set to 0: λ = ½ − (1/ρ) ln(P(1)/P(0)).',
    computed: 'The log posterior odds at both boundaries.',
    sampled: 'Nothing.',
  },
  printed: {
    text: 'the boundary is ½ + (1/ρ) ln(P(1)/P(0))',
    holds: () => even(0.5 + logPriorOdds / rho),
  },
  corrected: {
    text: 'it is ½ − (1/ρ) ln(P(1)/P(0)), above ½ for sparse Y',
    holds: () => even(decisionBoundary(rho, logPriorOdds)),
  },
})
