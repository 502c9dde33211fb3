import { type AmplitudeLaw, parseAmplitudes } from '../codes/model/amplitudes.js'
import type { Shape } from '../codes/model.js'
import { requireFinite, requireInteger, requireReal } from '../io/arguments.js'
import { bisectOutward } from '../numerics/bisect.js'
import { lastValue } from '../numerics/last-value.js'
import { checkPositive, checkSubset } from './parameters.js'

/**
 * L = ln((N − k)/k), minus the log prior odds that one codeword is in the subset; ∞ at k = 0, −∞ at k = N.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function logOddsAgainst(N: number, k: number): number {
  checkSubset(N, k)
  return Math.log((N - k) / k)
}

/**
 * Log posterior odds that S = 1 rather than 0 given a matched filter that reads λ (paper, Equation 2): ρ(λ − ½) + log
 * prior odds.
 * @param rho signal-to-noise ratio ‖f‖²_Σ > 0; about d/k for crosstalk
 * @param logPriorOdds ±∞ for certainty
 * @throws RangeError unless λ is finite, ρ positive and finite, and the odds a number
 * @since 0.1.0
 */
export function logPosteriorOdds(lambda: number, rho: number, logPriorOdds: number): number {
  requireFinite('lambda', lambda)
  checkPositive(rho, 'rho')
  requireReal('logPriorOdds', logPriorOdds)
  return rho * (lambda - 0.5) + logPriorOdds
}

/**
 * The λ at which the posterior odds are even: ½ − (1/ρ) log prior odds, above ½ for a rare S (from Equation 2).
 * @param logPriorOdds ±∞ for certainty
 * @throws RangeError unless ρ is positive and finite, and the odds a number
 * @since 0.1.0
 */
export function decisionBoundary(rho: number, logPriorOdds: number): number {
  checkPositive(rho, 'rho')
  requireReal('logPriorOdds', logPriorOdds)
  return 0.5 - logPriorOdds / rho
}

/**
 * The maximum a posteriori threshold τ = ½ + (k/d)·L, taking the crosstalk of k codewords as noise: ρ = d/k. k ≥ 1.
 * @throws RangeError unless 1 ≤ k ≤ N are integers, and d is positive and finite
 * @since 0.1.0
 */
export function mapThreshold(N: number, k: number, d: number): number {
  requireInteger('k', k, 1)
  checkPositive(d, 'd')
  return decisionBoundary(d / k, -logOddsAgainst(N, k))
}

/** Amplitudes of equal probability that stand for a law; their log sum is off by less than 1e-4. */
const AMPLITUDES = 2000

const kept = lastValue<number>()

/**
 * The maximum a posteriori threshold under a law of amplitudes and noise of share η, from one-step reading's channel
 * a + τG, τ² = k/(d(1 − η)): where E e^((as − a²/2)/τ²) is (N − k)/k. For amplitudes 1 it is ½ + τ²·L. k ≥ 1.
 */
export function mapBar({ N, k, d }: Shape, noise: number, amplitudes: string): number {
  const law = parseAmplitudes(amplitudes)
  const precision = (d * (1 - noise)) / k
  const against = logOddsAgainst(N, k)
  if (law.kind === 'constant') return decisionBoundary(precision, -against)
  return kept([N, k, d, noise, law.text].join(), () => scoreAt(spreadRatio(law, 1 / precision), against))
}

/**
 * ln of the ratio of a score's densities in one-step reading's channel, an active codeword's over another's, at s in
 * units where codewords have norm 1. It grows with s. k ≥ 1.
 */
export function logRatioOf({ k, d }: Shape, noise: number, amplitudes: string): (s: number) => number {
  const law = parseAmplitudes(amplitudes)
  const precision = (d * (1 - noise)) / k
  return law.kind === 'constant' ? (s) => precision * (s - 0.5) : spreadRatio(law, 1 / precision)
}

function spreadRatio(law: AmplitudeLaw, variance: number): (s: number) => number {
  const all = Array.from({ length: AMPLITUDES }, (_, i) => law.quantile((i + 0.5) / AMPLITUDES))
  return (s) => {
    const terms = all.map((a) => (a * s - (a * a) / 2) / variance)
    const most = Math.max(...terms)
    return most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0) / AMPLITUDES)
  }
}

/** The s at which such a ratio is `against`. */
export function scoreAt(logRatio: (s: number) => number, against: number): number {
  let far = 1
  while (logRatio(far) < against) far *= 2
  let low = -1
  while (logRatio(low) > against) low *= 2
  return bisectOutward(low, far, (s) => logRatio(s) < against, 1e-10)
}
