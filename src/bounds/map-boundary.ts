import { checkPositive, checkSubset } from './parameters.js'

/** L = ln((N − k)/k), minus the log prior odds that one codeword is in the subset; ∞ at k = 0, −∞ at k = N. */
export function logOddsAgainst(N: number, k: number): number {
  checkSubset(N, k)
  return Math.log((N - k) / k)
}

/**
 * Log posterior odds that S = 1 rather than 0 given a matched filter that reads λ (paper, Equation 2): ρ(λ − ½) + log
 * prior odds.
 * @param rho signal-to-noise ratio ‖f‖²_Σ > 0; about d/k for crosstalk
 */
export function logPosteriorOdds(lambda: number, rho: number, logPriorOdds: number): number {
  checkPositive(rho, 'rho')
  return rho * (lambda - 0.5) + logPriorOdds
}

/** The λ at which the posterior odds are even: ½ − (1/ρ) log prior odds, above ½ for a rare S (from Equation 2). */
export function decisionBoundary(rho: number, logPriorOdds: number): number {
  checkPositive(rho, 'rho')
  return 0.5 - logPriorOdds / rho
}

/** The maximum a posteriori threshold τ = ½ + (k/d)·L, taking the crosstalk of k codewords as noise: ρ = d/k. k ≥ 1. */
export function mapThreshold(N: number, k: number, d: number): number {
  checkPositive(d, 'd')
  return decisionBoundary(d / k, -logOddsAgainst(N, k))
}
