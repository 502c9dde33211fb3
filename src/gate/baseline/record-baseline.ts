import { type ActivityLaw, parseActivity } from '../../codes/model/activity.js'
import { IDEAL } from '../../codes/model/description.js'
import { InputError } from '../../io/input-error.js'
import { toDecimals } from '../../numerics/round.js'
import { alphaBudget, defaultBudget } from '../../statistics/alpha-budget.js'
import { momentsOf } from '../../statistics/moments.js'
import { requireErrorProbability, requireProbability } from '../../statistics/ranges.js'
import { expectedWork } from '../../success/trials/expected-work.js'
import type { Sampler } from '../../success/trials/sampler.js'
import { samplerClock } from '../../success/trials/sampler-clock.js'
import { type Bracket, type BracketSide, bracket } from '../bracket.js'
import { bitsOf, bracketEnds, driftToDetect, intervalOf, spreadOf, type TransitionPlace } from '../place.js'
import { samplerFor } from '../sampler-for.js'
import { recordingTrials } from './affordable.js'
import type { Baseline, BaselineCell, RecordedTrials } from './baseline.js'
import { VALUE_DIGITS } from './baseline.js'
import { type CellRequest, cellId } from './cells.js'
import { thisEngine } from './engine.js'
import { type Located, locate, TARGET } from './locate.js'
import { locateSparsity } from './locate-sparsity.js'
import { bracketPower, bracketTrials, doubtAt, firstTierPower, repeatsNeeded, trialsNeeded } from './power.js'
import { NotWorthHaving, refuseUnlessInside, refuseWithoutPower } from './refusals.js'

export interface BaselineOptions {
  readonly cells: readonly CellRequest[]
  /** Any string; '1' unless given. */
  readonly seed?: string
  /** Of the recording and of any one gate's run, together; a millionth unless given. */
  readonly falseAlarm?: number
  /** Trials at either dimension after which a gate gives up; as many as the power takes unless given. */
  readonly trials?: number
  /** Called with the share of the work that is done, in [0, 1], roughly, and the cell it is at. */
  onProgress?(done: number, cell: string): void
  /**
   * Called with a line about each spare cell that was left out. The budget of the recording has a share for every
   * cell that may be tried.
   */
  onNote?(note: string): void
  readonly signal?: AbortSignal | undefined
}

/** The recording may take so many times the trials that a gate may: there is no second one. */
const PATIENCE = 2
/**
 * Processor seconds that the repeated trials of all cells may take together, and bounds on their number a run. More
 * are repeated where the power takes them: a drift that changes none of them is called unchanged.
 */
const REPEAT_SECONDS = 0.4
const FEWEST_REPEATED = 8
const MOST_REPEATED = 500
/** Success probabilities recorded a run; outcomes, a bit each, are recorded all. */
const MOST_VALUES = 256

/**
 * Record a decoder: at every cell its dimension, and the trials that show it to lie within the tolerance (the test
 * that the gate will put to the decoder's later versions, passed by this one). Throws InputError for a decoder that
 * breaks its contract or whose dimension cannot be bracketed.
 */
export async function recordBaseline(
  samplers: readonly Sampler[],
  options: BaselineOptions,
): Promise<Baseline> {
  const { cells: requests, seed = '1', falseAlarm = defaultBudget, onProgress, onNote } = options
  requireErrorProbability('the false-alarm probability', falseAlarm)
  const tries = triesOf(requests)
  const budget = alphaBudget(Object.fromEntries(tries.flat().map((one) => [cellId(one), 1])), falseAlarm)
  const cells: BaselineCell[] = []
  const seconds = requests.map(({ seconds = 1 }) => seconds)
  for (const [i, alternatives] of tries.entries()) {
    for (const request of alternatives) {
      const id = cellId(request)
      const beforehand = seconds[i]
      const onDone = (done: number, takes = 1) => {
        seconds[i] = takes * beforehand
        onProgress?.((sum(seconds.slice(0, i)) + done * seconds[i]) / sum(seconds), id)
      }
      onDone(0)
      try {
        const cell = await recordCell(samplerFor(samplers, request.method), request, {
          ...options,
          seed,
          alpha: budget.spend(id) / 2,
          repeatSeconds: REPEAT_SECONDS / tries.length,
          onDone,
        })
        if (request.spare) refuseWithoutPower(cell)
        cells.push(cell)
        break
      } catch (error) {
        if (!(request.spare && error instanceof NotWorthHaving)) throw error
        onNote?.(`${id} is left out: ${error.message}`)
      }
    }
  }
  if (cells.length === 0) throw new InputError(`no cell of ${samplers[0].decoder} could be recorded`)
  const { decoder, model, revision } = samplers[0]
  return {
    decoder,
    revision: revision?.(),
    model,
    seed,
    falseAlarm,
    engine: thisEngine(),
    cells,
  }
}

const sum = (parts: readonly number[]): number => parts.reduce((whole, part) => whole + part, 0)

/** Every request with those to be tried in its place, none of them twice. */
function triesOf(requests: readonly CellRequest[]): CellRequest[][] {
  for (const { tolerance } of requests) requireProbability('tolerance', tolerance)
  const taken = new Set(requests.map(cellId))
  return requests.map((request) => {
    const alternatives = [request]
    for (let next = request.instead; next; next = next.instead) {
      if (!taken.has(cellId(next))) alternatives.push(next)
      taken.add(cellId(next))
    }
    return alternatives
  })
}

interface CellOptions extends Pick<BaselineOptions, 'trials' | 'signal'> {
  readonly seed: string
  readonly alpha: number
  readonly repeatSeconds: number
  /** @param takes what the cell takes, as a share of what was expected beforehand */
  onDone(done: number, takes: number): void
}

async function recordCell(given: Sampler, request: CellRequest, options: CellOptions): Promise<BaselineCell> {
  const { method, tolerance } = request
  const { seed, alpha, repeatSeconds, onDone, signal } = options
  const { sampler, expect } = expectedWork(given, recordingTrials(request), onDone)
  const target = TARGET
  const toCome = ({ slope: steepness, variance }: Located) =>
    bracketTrials({ target, alpha, steepness, variance, tolerance })
  const find = request.d === undefined ? locate : locateSparsity
  const onPilot = (rough: Located, trials: number) => expect(trials + toCome(rough))
  const found = await find(sampler, request, { seed, signal, onPilot })
  const { slope, variance, ...place } = found
  expect(toCome(found))
  const { N, k, dimension, axis } = place
  const [lower, upper] = bracketEnds(place, tolerance)
  const spread = spreadOf(place, tolerance)
  const plan = {
    method,
    target,
    dimension,
    k,
    doubt: doubtAt(spread),
    steepness: slope,
    alpha,
    drift: driftToDetect(place, tolerance),
  }
  const guess = { lower: { ...lower, variance }, upper: { ...upper, variance } }
  const cap = options.trials ?? trialsNeeded({ ...plan, ...guess })
  const seconds = samplerClock(sampler)
  const shown = await bracket(sampler, {
    ...{ N, k, lower, upper, target, seed, alpha },
    cap: PATIENCE * cap,
    signal,
  })
  refuseUnlessInside(sampler.decoder, shown, request)
  const secondsPerTrial = seconds() / (shown.lower.values.length + shown.upper.values.length)
  const recorded = { lower: trialsOf(shown.lower, method), upper: trialsOf(shown.upper, method) }
  const whole = { ...plan, ...recorded, cap }
  const affordable = Math.floor(repeatSeconds / 2 / secondsPerTrial)
  const repeated = repeatedTrials(shown, method, affordable, repeatsNeeded(whole))
  const law = parseActivity((sampler.model ?? IDEAL).active)
  return {
    id: cellId(request),
    method,
    ...(axis && { axis }),
    N,
    k,
    target,
    ...inBits(law, place),
    dimension,
    interval: intervalOf(law, place, [lower, upper]),
    confidence: 1 - alpha,
    tolerance,
    steepness: slope,
    cap,
    repeated,
    secondsPerTrial,
    power: { ...bracketPower(whole), firstTier: firstTierPower(whole, repeated) },
    ...recorded,
  }
}

/** The entropy at the place of the target, and its dims per bit. */
function inBits(law: ActivityLaw, place: TransitionPlace) {
  const entropyBits = bitsOf(law, place)
  return { entropyBits, dimsPerBit: place.dimension / entropyBits }
}

/** Of the trials that are kept, as many as the power takes, and more where they cost little. */
function repeatedTrials(
  { lower, upper }: Bracket,
  method: Sampler['method'],
  affordable: number,
  needed: number,
): number {
  const fewest = Math.min(lower.values.length, upper.values.length)
  const kept = method === 'simulation' ? fewest : Math.min(fewest, MOST_VALUES)
  const several = Math.min(MOST_REPEATED, Math.max(FEWEST_REPEATED, affordable))
  return Math.min(kept, Math.max(several, needed))
}

function trialsOf({ d, k, values }: BracketSide, method: Sampler['method']): RecordedTrials {
  const { count, mean, m2 } = momentsOf(values)
  const kept =
    method === 'simulation'
      ? values
      : values.slice(0, MOST_VALUES).map((value) => toDecimals(value, VALUE_DIGITS))
  return { d, ...(k !== undefined && { k }), mean, variance: m2 / (count - 1), values: kept }
}
