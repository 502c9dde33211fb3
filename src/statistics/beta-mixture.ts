import { logUpperBeta } from './log-upper-beta.js'

/** Shape of a Beta(a, b) mixture over rates, a, b > 0. */
export interface BetaPrior {
  readonly a: number
  readonly b: number
}

/** ln of a mixture after so many successes and failures. */
export type Evidence = (successes: number, failures: number) => number

/**
 * The beta-binomial mixture over θ > p against the rate p ∈ (0, 1): ∫ (θ/p)^s ((1−θ)/(1−p))^f dBeta(θ; a, b | θ
 * > p). A non-negative martingale that starts at 1 under rate p, a supermartingale under *every* rate ≤ p, so that it
 * ever reaches 1/α with probability at most α: evidence that the rate lies above p (Robbins 1970; the beta-binomial
 * mixtures of Howard, Ramdas, McAuliffe & Sekhon 2021).
 */
export function evidenceAbove(p: number, { a, b }: BetaPrior): Evidence {
  const start = logUpperBeta(p, a, b)
  const [success, failure] = [Math.log(p), Math.log1p(-p)]
  return (s, f) => logUpperBeta(p, a + s, b + f) - start - (s * success + f * failure)
}

/** The same mixture over θ < p only: evidence that the rate lies below p. */
export function evidenceBelow(p: number, { a, b }: BetaPrior): Evidence {
  const mirrored = evidenceAbove(1 - p, { a: b, b: a })
  return (s, f) => mirrored(f, s)
}

/**
 * The mixture with mean p that makes the boundary at `trials` outcomes about as low as it can be at error
 * probability α ≤ ½ (the optimum of the normal mixture in Howard et al. 2021, carried over).
 */
export function tunedPrior(p: number, trials: number, alpha: number): BetaPrior {
  const level = 2 * Math.log(1 / alpha)
  const concentration = Math.max(1, trials / (level + Math.log1p(level)) - 1)
  return { a: p * concentration, b: (1 - p) * concentration }
}
