import { inverseNormalTail, logistic, normalTail } from '../statistics/normal.js'
import { powerOfRateTest } from '../statistics/power.js'
import type { Method } from '../success/sampler.js'
import type { CellPower } from './baseline.js'

/** Success at a dimension: mean and variance of the trial values. */
export interface Spread {
  readonly mean: number
  readonly variance: number
}

/** What the power of a bracket depends on. */
export interface PowerOptions {
  readonly method: Method
  readonly target: number
  /** Growth of ln(success/(1 − success)) with ln d. */
  readonly steepness: number
  /** Success of the recorded decoder at the two dimensions of the bracket. */
  readonly lower: Spread
  readonly upper: Spread
  /** Error probability of the bracket. */
  readonly alpha: number
  readonly cap: number
  /** The drift to detect, as a share of the dimension. */
  readonly drift: number
}

/** The drift to detect is so many tolerances. */
export const DETECTED_TOLERANCES = 2.5
/** The probabilities with which `trialsNeeded` detects it, and confirms an unmoved decoder. */
const DETECTED = 0.999
const CONFIRMED = 0.99

/** ln of the number of bets that a mean test splits its capital into. */
const LOG_BETS = Math.log(15)
/** Share of the best bet's growth that the nearest of those bets has at least. */
const NEAREST_BET = 0.94

/**
 * Success probability once the dimension has drifted by the share `drift`, if success depends on d relative to the dimension alone and its
 * log odds grow as steeply as they were found to.
 */
export const drifted = (success: number, steepness: number, drift: number): number =>
  logistic(Math.log(success / (1 - success)) - steepness * Math.log1p(drift))

/**
 * The power of a bracket under the model of `drifted`: exact for rates; for means a bound, up to the normal approximation of one bet's
 * capital, with the variance of the recorded values.
 */
export function bracketPower(options: PowerOptions): CellPower {
  const { target, lower, upper, steepness, drift } = options
  const moved = { ...upper, mean: drifted(upper.mean, steepness, drift) }
  const above = sidePower(options, upper, 'above')
  const below = sidePower(options, lower, 'below')
  return {
    drift,
    detected: moved.mean < target ? sidePower(options, moved, 'below') : 0,
    confirmed: Math.max(0, above + below - 1),
  }
}

/** Trials at either dimension with which a bracket detects the drift, and confirms an unmoved decoder, as surely as it is meant to. */
export function trialsNeeded(options: Omit<PowerOptions, 'cap' | 'method'>): number {
  const { target, lower, upper, steepness, drift, alpha } = options
  const moved = { ...upper, mean: drifted(upper.mean, steepness, drift) }
  const trials = (at: Spread, error: number) => {
    const z = inverseNormalTail(error)
    const reach = z + Math.sqrt(z * z + 2 * capital(alpha))
    return (reach ** 2 * looks(at, target)) / NEAREST_BET
  }
  const doubt = (1 - CONFIRMED) / 2
  return Math.ceil(Math.max(trials(moved, 1 - DETECTED), trials(upper, doubt), trials(lower, doubt)))
}

/** Probability that such success is found to be on this side of the target. */
function sidePower(
  { method, target, alpha, cap }: PowerOptions,
  at: Spread,
  side: 'above' | 'below',
): number {
  if (method === 'simulation') {
    return powerOfRateTest({ bar: target, alpha: alpha / 2, cap, truth: at.mean })[side]
  }
  if (side === 'above' ? at.mean <= target : at.mean >= target) return 0
  const reach = Math.sqrt((NEAREST_BET * cap) / looks(at, target))
  return normalTail(capital(alpha) / reach - reach / 2)
}

/** Trials in which a mean moves from the target by one standard deviation of the gain in capital, with Bernstein's term for the largest bet. */
function looks({ mean, variance }: Spread, target: number): number {
  const distance = Math.abs(mean - target)
  return variance / distance ** 2 + 1 / (3 * distance)
}

/** ln of the factor that the capital of one bet must grow by: each test has half of alpha, and each side half of that. */
const capital = (alpha: number): number => LOG_BETS - Math.log(alpha / 4)
