import { logistic } from '../../numerics/exp.js'
import { inverseNormalTail, normalTail } from '../../statistics/normal.js'
import { powerOfRateTest, trialsToDetect } from '../../statistics/power.js'
import type { Method } from '../../success/trials/sampler.js'
import { easeAt, type Place } from '../place.js'
import type { CellPower } from './baseline.js'

/** A place of the bracket, and the variance of the trial values there. */
export interface BracketEnd extends Place {
  readonly variance: number
}

/** What the power of a bracket depends on. */
export interface PowerOptions {
  readonly method: Method
  readonly target: number
  /** The recorded decoder's dimension, and sparsity, as a share of itself at most `doubt` off. */
  readonly dimension: number
  readonly k: number
  readonly doubt: number
  /** Growth of ln(success/(1 − success)) with ln d at the dimension. */
  readonly steepness: number
  readonly lower: BracketEnd
  readonly upper: BracketEnd
  /** Error probability of the bracket. */
  readonly alpha: number
  readonly cap: number
  /** The drift to detect, as a share of the dimension. */
  readonly drift: number
}

/** A recorded dimension's standard error is this share of the tolerance. */
export const CENTRED = 1 / 8
/**
 * How far off a dimension recorded at this tolerance is taken to be at most, as a share of itself: two standard
 * errors.
 */
export const doubtAt = (tolerance: number): number => 2 * CENTRED * tolerance
/** The probability with which `trialsNeeded` sees on which side of the target success lies. */
const DETECTED = 0.999

/** ln of the number of bets that a mean test splits its capital into. */
const LOG_BETS = Math.log(15)
/** Share of the best bet's growth that the nearest of those bets has at least. */
const NEAREST_BET = 0.94

/**
 * The power of a bracket, if log odds of success grow as steeply around the dimension as they were found to, and the
 * dimension is as far off as it may be, the wrong way: exact for rates; for means a bound, up to the normal
 * approximation of one bet's capital. The means of the recorded trials are no help: they ran until they showed a
 * side, and so exaggerate it.
 */
export function bracketPower(options: PowerOptions): CellPower {
  const { moved, above, below } = worst(options)
  return {
    drift: options.drift,
    detected: moved.mean < options.target ? sidePower(options, moved, 'below') : 0,
    confirmed: Math.max(0, sidePower(options, above, 'above') + sidePower(options, below, 'below') - 1),
  }
}

/** How surely a drift that is to be detected changes one of the repeated trials. */
const NOTICED = 0.9999

/**
 * The share of trials at the upper dimension that the drift changes at least: success falls by it, and a trial whose
 * outcome is the same falls by nothing. With the dimension off to the side where that is less.
 */
function changedShare({ target, dimension, k, doubt, steepness, upper, drift }: DriftOptions): number {
  const success = (d50: number) =>
    logistic(Math.log(target / (1 - target)) + steepness * Math.log(easeAt({ dimension: d50, k }, upper)))
  const falls = [-doubt, doubt].map((off) => {
    const d50 = dimension * (1 + off)
    return success(d50) - success(d50 * (1 + drift))
  })
  return Math.max(0, Math.min(...falls))
}

type DriftOptions = Pick<
  PowerOptions,
  'target' | 'dimension' | 'k' | 'doubt' | 'steepness' | 'upper' | 'drift'
>

/**
 * Probability that the drift changes at least one of so many repeated trials, drawn before anything was known of it.
 */
export const firstTierPower = (options: DriftOptions, repeated: number): number =>
  1 - (1 - changedShare(options)) ** repeated

/** Trials to repeat so that the drift changes one of them as surely as it is meant to. */
export const repeatsNeeded = (options: DriftOptions): number =>
  Math.ceil(Math.log(1 - NOTICED) / Math.log1p(-changedShare(options)))

/** The power of a gate of both tiers: what either misses is added up. */
export const wholePower = ({ firstTier = 1, detected, ...power }: CellPower): CellPower => ({
  ...power,
  firstTier,
  detected: Math.max(0, detected + firstTier - 1),
})

/**
 * Trials at either dimension with which a bracket detects the drift, and confirms an unmoved decoder, as surely as it
 * is meant to.
 */
export function trialsNeeded(options: Omit<PowerOptions, 'cap'>): number {
  const { method, target, alpha } = options
  const { moved, above, below } = worst(options)
  // A drift that stays within the bracket is not detected by any number.
  const harder = [above, below, ...(moved.mean < target ? [moved] : [])]
  if (method === 'simulation') {
    const gap = Math.min(...harder.map(({ mean }) => Math.abs(mean - target)))
    return trialsToDetect({ bar: target, alpha: alpha / 2, truth: target - gap, power: DETECTED })
  }
  const z = inverseNormalTail(1 - DETECTED)
  const reach = z + Math.sqrt(z * z + 2 * capital(alpha))
  return Math.ceil((reach ** 2 * Math.max(...harder.map((at) => looks(at, target)))) / NEAREST_BET)
}

/** More trials than any bracket takes. */
const MOST_TRIALS = 2 ** 24

/**
 * Trials, roughly, after which a bracket has seen on either side of the target that an unmoved decoder's success lies
 * there: a bet against the target grows by half of what one trial in so many looks tells.
 */
export function bracketTrials({
  target,
  alpha,
  steepness,
  variance,
  tolerance,
}: Pick<PowerOptions, 'target' | 'alpha' | 'steepness'> & {
  readonly variance: number
  readonly tolerance: number
}): number {
  const at = (ease: number): Spread => ({
    mean: logistic(Math.log(target / (1 - target)) + steepness * Math.log(ease)),
    variance,
  })
  const trials = (side: Spread) => (2 * capital(alpha) * looks(side, target)) / NEAREST_BET
  return Math.min(MOST_TRIALS, trials(at(1 - tolerance)) + trials(at(1 + tolerance)))
}

/** Success at a dimension: mean and variance of the trial values. */
interface Spread {
  readonly mean: number
  readonly variance: number
}

/**
 * Success where the dimension has drifted, and at either end where it has not, with the dimension off to the side
 * where it is the harder to see.
 */
function worst(options: Omit<PowerOptions, 'cap' | 'method' | 'alpha'>) {
  const { target, doubt, steepness, lower, upper, drift } = options
  const success = (side: BracketEnd, off: number): Spread => ({
    mean: logistic(Math.log(target / (1 - target)) + steepness * Math.log(easeAt(options, side, off))),
    variance: side.variance,
  })
  return {
    moved: success(upper, (1 + drift) * (1 - doubt) - 1),
    above: success(upper, doubt),
    below: success(lower, -doubt),
  }
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

/**
 * Trials in which a mean moves from the target by one standard deviation of the gain in capital, with Bernstein's
 * term for the largest bet.
 */
function looks({ mean, variance }: Spread, target: number): number {
  const distance = Math.abs(mean - target)
  return variance / distance ** 2 + 1 / (3 * distance)
}

/**
 * ln of the factor that the capital of one bet must grow by: each test has half of alpha, and each side half of that.
 */
const capital = (alpha: number): number => LOG_BETS - Math.log(alpha / 4)
