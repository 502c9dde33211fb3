import { logOddsAgainstRate } from '../numerics/exp.js'
import { increasingRoot } from '../numerics/roots-and-quadrature.js'
import { checkProbability } from './parameters.js'

/** Both probabilities, each accurate when it is the small one. @since 0.1.0 */
export interface Outcome {
  readonly success: number
  readonly failure: number
}

/**
 * The real d at which failure falls to p in (0, 1), for success that grows with d; 0 where it is at most p however
 * small d, Infinity where it is above p however large.
 */
export function dimensionAt(p: number, guess: number, outcome: (d: number) => Outcome): number {
  checkProbability(p)
  const target = logOddsAgainstRate(p)
  const d = increasingRoot((d) => {
    const { success, failure } = outcome(d)
    return Math.log(success) - Math.log(failure) - target
  }, guess)
  return d < 1e-9 ? 0 : d
}
