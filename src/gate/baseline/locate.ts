import { FailedCheck } from '../../io/failed-check.js'
import { InputError } from '../../io/input-error.js'
import { initialDimension } from '../../success/estimation/initial-dimension.js'
import { successCurve } from '../../success/estimation/success-curve.js'
import { type SolveOptions, solve, type Transition } from '../../success/estimation/transition.js'
import { impossible, impossibleText } from '../../success/estimation/tripwire.js'
import type { Sampler } from '../../success/trials/sampler.js'
import type { TransitionPlace } from '../place.js'
import type { CellRequest } from './cells.js'
import { CENTRED } from './power.js'
import { refuse } from './refusals.js'

/** The success probability that defines a dimension: d50. */
export const TARGET = 0.5
/**
 * Trials that say where to look, the ratio of the dimensions between which they find it, and a guess of the
 * steepness.
 */
const PILOT = 400
/** As many as a wide tolerance takes, which asks less of where to look. */
const WIDE = { tolerance: 0.1, pilot: 128 }
const PILOT_TOLERANCE = 1.15
const SLOPE_GUESS = 10
/** Dimensions that the last look takes: two or three where many trials tell each, and the more the fewer. */
const LOOKS = 2.6
/** The search gives up at this multiple of its first guess. */
const REACH = 64
/** The place at which success passes the target. */
export interface Located extends TransitionPlace, Pick<Transition, 'slope' | 'variance'> {}

export interface LocateOptions {
  readonly seed: string
  /** Called with where the pilot found the place, and trials that telling it takes from there, roughly. */
  onPilot?(rough: Located, trials: number): void
  readonly signal?: AbortSignal | undefined
}

/**
 * The dimension to a share of the tolerance, with the steepness of success there: from a pilot, then from as many
 * trials as that takes.
 */
export async function locate(
  sampler: Sampler,
  { N, k, tolerance }: CellRequest,
  options: LocateOptions,
): Promise<Located> {
  const { decoder } = sampler
  const { seed, onPilot, signal } = options
  const guess = initialDimension(sampler.traits, N, k, TARGET)
  const look = async (part: string, trials: number, where: Omit<SolveOptions, 'most'>) => {
    const curve = successCurve(sampler, {
      N,
      k,
      seed: `${seed}/${part}`,
      from: 0,
      trials,
      window: 1,
      onFaults: (faults) => refuse(decoder, faults),
      onValues(shape, values) {
        const tripped = impossible(sampler, shape, values)
        if (tripped) throw new FailedCheck(impossibleText(decoder, tripped))
      },
      signal,
    })
    const found = await solve(curve, TARGET, { ...where, most: REACH * guess })
    if ('dimension' in found) return found
    const rate = found.unreached.toPrecision(3)
    throw new InputError(
      `${decoder} does not reach success ${TARGET} at N = ${N}, k = ${k}: it stays at ${rate}`,
    )
  }
  const rough = await look('pilot', tolerance < WIDE.tolerance ? PILOT : WIDE.pilot, {
    start: guess,
    slope: SLOPE_GUESS,
    tolerance: PILOT_TOLERANCE,
  })
  const trials = Math.ceil(rough.variance * (4 / (rough.slope * CENTRED * tolerance)) ** 2)
  const last = Math.max(PILOT, trials)
  onPilot?.({ N, k, ...rough }, LOOKS * last)
  const fine = await look('dimension', last, {
    start: rough.dimension,
    slope: rough.slope,
    tolerance: 1 + Math.min(0.1, 1 / rough.slope),
  })
  return { N, k, ...fine }
}
