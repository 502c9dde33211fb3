import { normalQuantile } from '../../numerics/special/normal.js'
import { momentsOf } from '../../statistics/moments.js'
import { bracketRoot, type Sample } from './bracket-root.js'
import { evidence, isBinary, MIXTURE } from './rate-interval.js'
import type { SuccessCurve } from './success-curve.js'

/** Where the mean of a curve's values passes the target, and how it looks there. */
export interface Transition {
  readonly dimension: number
  /** Growth of ln(rate/(1 − rate)) with ln d, between the two dimensions last looked at. */
  readonly slope: number
  /** Variance of a trial's value. */
  readonly variance: number
  /** Whether values are 0 and 1 alone. */
  readonly binary: boolean
}

export interface SolveOptions {
  readonly start: number
  /** A guess of the transition's slope. */
  readonly slope: number
  /** The ratio, above 1, of the two dimensions between which the transition is interpolated. */
  readonly tolerance: number
  /**
   * One look is enough where it is, by the guessed slope, no farther than this in ln d from the transition; 0 unless
   * given.
   */
  readonly near?: number
  /** The largest dimension to look at. */
  readonly most: number
}

/** The least dimension to look at: nearly nothing is sent. */
const LEAST = 2 ** -10
const LEAST_SLOPE = 2

/** The transition, or the rate at the largest dimension where it does not pass the target up to there. */
export async function solve(
  curve: SuccessCurve,
  target: number,
  options: SolveOptions,
): Promise<Transition | { readonly unreached: number }> {
  const { start, slope, near = 0 } = options
  const seen = new Map<number, Look>()
  const look = async (d: number) => {
    const known = seen.get(d) ?? lookAt(await curve.at(d), target)
    seen.set(d, known)
    return known
  }
  const { excess, variance, binary } = await look(start)
  if (Math.abs(excess / slope) <= near) {
    return { dimension: start * Math.exp(-excess / slope), slope, variance, binary }
  }
  const f = async (d: number) => (await look(d)).excess
  const { below, above } = await bracketRoot(f, { ...options, least: LEAST })
  if (!above) return { unreached: seen.get(below!.x)!.rate }
  if (!below) throw new RangeError(`a guess nearly meets a target of ${target}`)
  return {
    ...seen.get(-below.y < above.y ? below.x : above.x)!,
    dimension: interpolate(below, above),
    slope: Math.max(LEAST_SLOPE, (above.y - below.y) / Math.log(above.x / below.x)),
  }
}

/** Where the straight line in ln x through two points, on either side of 0, passes 0. */
export const interpolate = (below: Sample, above: Sample): number =>
  below.x * (above.x / below.x) ** (below.y / (below.y - above.y))

interface Look {
  readonly rate: number
  /** logit(rate) − logit(target). */
  readonly excess: number
  readonly variance: number
  readonly binary: boolean
}

function lookAt(values: Float64Array, target: number): Look {
  const { count, mean, m2 } = momentsOf(values)
  const excess = logit(mean, count) - logit(target, count)
  return { rate: mean, excess, variance: m2 / (count - 1), binary: isBinary(values) }
}

/** ln(p/(1 − p)), kept finite by half a trial of either outcome. */
export const logit = (p: number, trials: number): number =>
  Math.log((p + 0.5 / trials) / (1 - p + 0.5 / trials))

/**
 * Trials of which `evidence` is to reject the target, at level alpha, where ln d is `reach` away from the transition:
 * by the normal approximation for 0/1 outcomes, by the growth of a bet's capital (a Bernstein bound) otherwise.
 */
export function trialsFor(
  { slope, variance, binary }: Transition,
  target: number,
  reach: number,
  alpha: number,
): number {
  const rateAt = (distance: number) => 1 / (1 + Math.exp(-slope * distance) * (1 / target - 1))
  const gap = Math.min(target - rateAt(-reach), rateAt(reach) - target)
  const needed = binary
    ? target * (1 - target) * (normalQuantile(alpha, 0, 1) / gap) ** 2 + 1 / gap
    : 2 * (Math.log(1 / alpha) + MIXTURE) * (variance / gap ** 2 + 1 / (3 * gap))
  return 32 * Math.ceil((SPARE * needed) / 32)
}

/** More trials than that, as the slope is not known well. */
const SPARE = 1.1
/** How far beyond the place where the evidence should do the next look goes. */
const MARGIN = 1.03
/** Evidence at the farthest place that is hoped for when there would be none by extrapolation. */
const HOPE = 1.15

/** A dimension at which the target is rejected, or how many times as many trials it would take. */
export type Outward = { readonly end: Sample } | { readonly more: number }

/**
 * A dimension on this side of `dimension` at which the curve's values reject the target at level alpha: the first
 * look is at a distance of `reach` in ln d, the next ones where the evidence should do, up to `farthest`: each of those
 * is told by `onAgain`. With it comes logit(rate) − logit(target).
 */
export async function outward(
  side: 'below' | 'above',
  curve: SuccessCurve,
  target: number,
  alpha: number,
  { dimension, reach, farthest }: { dimension: number; reach: number; farthest: number },
  onAgain?: () => void,
): Promise<Outward> {
  for (let distance = reach; ; ) {
    const d = dimension * Math.exp(side === 'below' ? -distance : distance)
    const values = await curve.at(d)
    const strength = evidence(side, values, target, alpha)
    if (strength >= 1) return { end: { x: d, y: lookAt(values, target).excess } }
    const next = (MARGIN * distance) / Math.max(strength, 0.3)
    if (distance === farthest || next > HOPE * farthest) return { more: (next / farthest) ** 2 }
    distance = Math.min(farthest, next)
    onAgain?.()
  }
}
