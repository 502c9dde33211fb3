import { InputError } from '../../io/input-error.js'
import { passing, SuccessBySparsity } from '../../success/estimation/largest-sparsity.js'
import type { Sampler } from '../../success/trials/sampler.js'
import { spreadOf, type TransitionPlace } from '../place.js'
import { type CellRequest, cellId } from './cells.js'
import { type Located, type LocateOptions, TARGET } from './locate.js'
import { CENTRED } from './power.js'
import { refuse } from './refusals.js'

/** Trials at each k that say where to look. */
const PILOT = 200
/** Sparsities that the last look takes, mostly. */
const LOOKS = 4
/** The steepness is that between so much fewer and so many more codewords. */
const AROUND = 1.15

/** Success of a decoder over its given dictionary, by one seed. Throws InputError at a broken contract. */
export const sparsityCurve = (
  sampler: Sampler,
  { N, d = 0 }: Pick<CellRequest, 'N' | 'd'>,
  seed: string,
  signal?: AbortSignal,
): SuccessBySparsity =>
  new SuccessBySparsity(async (k, from, trials) => {
    const { values, faults } = await sampler.run({ N, k, d }, seed, from, trials, { signal })
    refuse(sampler.decoder, faults)
    return values
  })

/**
 * The sparsity at which success over a given dictionary passes the target, to a share of the tolerance, with the
 * steepness of success there: from a pilot, then from as many trials as that takes.
 */
export async function locateSparsity(
  sampler: Sampler,
  request: CellRequest,
  { seed, onPilot, signal }: LocateOptions,
): Promise<Located> {
  const { N, d: dimension = 0, tolerance } = request
  const look = async (part: string, trials: number) => {
    const curve = sparsityCurve(sampler, request, `${seed}/${part}`, signal)
    const { sparsity: k, high } = await passing(curve, TARGET, trials, N)
    if (k < 1) throw nowhere(sampler, request, 'not even one codeword is read that often')
    if (high === undefined) throw nowhere(sampler, request, `all ${N} are read more often`)
    return { axis: 'k' as const, N, k, dimension, slope: await slopeAt(curve, k, trials, N), variance: 1 / 4 }
  }
  const rough = await look('pilot', PILOT)
  const trials = trialsFor(rough, tolerance)
  onPilot?.(rough, trials > PILOT ? LOOKS * trials : 0)
  return trials > PILOT ? look('dimension', trials) : rough
}

const nowhere = ({ decoder }: Sampler, request: CellRequest, why: string): InputError =>
  new InputError(`${decoder} passes success ${TARGET} at no sparsity, ${cellId(request)}: ${why}`)

/** Trials that tell the sparsity to the share of the tolerance that a recorded one's standard error is. */
const trialsFor = (rough: TransitionPlace & { slope: number; variance: number }, tolerance: number): number =>
  Math.ceil(rough.variance * (4 / (rough.slope * CENTRED * spreadOf(rough, tolerance))) ** 2)

/** Growth of ln(success/(1 − success)) with −ln k. */
async function slopeAt(curve: SuccessBySparsity, k: number, trials: number, N: number): Promise<number> {
  const few = Math.max(1, Math.floor(k / AROUND))
  const many = Math.min(N, Math.max(few + 1, Math.ceil(k * AROUND)))
  const logOdds = async (at: number) => {
    const outcomes = (await curve.atLeast(at, trials)).slice(0, trials)
    const successes = outcomes.reduce((sum, one) => sum + one, 0)
    return Math.log((successes + 0.5) / (trials - successes + 0.5))
  }
  const slope = ((await logOdds(few)) - (await logOdds(many))) / Math.log(many / few)
  if (slope > 0) return slope
  throw new InputError(`success does not fall between k = ${few} and ${many}: more trials are needed there`)
}
