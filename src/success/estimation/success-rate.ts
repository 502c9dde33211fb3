import { setImmediate } from 'node:timers/promises'
import { checkSubset } from '../../bounds/parameters.js'
import { parseAmplitudes } from '../../codes/model/amplitudes.js'
import { criterionOf } from '../../codes/model/criterion.js'
import { IDEAL, isIdeal, type ModelDescription } from '../../codes/model/description.js'
import type { Shape } from '../../codes/trial.js'
import { requireFlag, requireFunction, requireObject, requireString } from '../../io/arguments.js'
import { InputError } from '../../io/input-error.js'
import { controlledMean } from '../../statistics/control-variates.js'
import { requireCount, requireProbability } from '../../statistics/ranges.js'
import { trialMembers } from '../conditional/conditional-sampler.js'
import { type FixedBarCounts, fixedBarCounts } from '../conditional/general/fixed-bar-counts.js'
import { type ScoreMetrics, scoreMetrics } from '../conditional/general/score-metrics.js'
import { type Controls, controlsFor } from '../conditional/success-controls.js'
import type { RecoveryCounts } from '../trials/recovery.js'
import type { Method, RunOptions, Sampler, Ties } from '../trials/sampler.js'
import type { Told } from '../trials/told.js'
import { type FaultSummary, faultSummary } from './fault-summary.js'
import { type IntervalRule, rateInterval } from './rate-interval.js'
import { type RecoveryMetrics, recoveryMetrics } from './recovery-metrics.js'
import { type AmplitudeErrors, checkScored, checkTelling, toldMetrics } from './told-metrics.js'
import { type Impossible, impossible } from './tripwire.js'

/** At which shape a success rate is estimated, by which trials, and how surely. @since 0.1.0 */
export interface SuccessOptions extends Shape, RunOptions {
  /** At least 1. @defaultValue the number that suits the decoder and the method */
  readonly trials?: number
  /** Any string. @defaultValue `'1'` */
  readonly seed?: string
  /** Number of the first trial. @defaultValue `0` */
  readonly from?: number
  /** In (0, 1). @defaultValue `0.99` */
  readonly confidence?: number
  /**
   * Whether to take off what controls of exactly known mean explain, where the decoder reads in one step and the
   * method is conditional: the interval is then several times shorter, and approximate.
   *
   * @defaultValue `false`
   */
  readonly controlVariates?: boolean
  /**
   * Whether to say what scores tell: those of a built-in one-step decoder by the conditional method, where they are on
   * no lattice as they are in the paper's model; those of a user's decoder, and its amplitudes, by the trials in which
   * it answers with them. Throws InputError where there are none.
   *
   * @defaultValue `false`
   */
  readonly scores?: boolean
}

/** A success rate: what `dpb success --json` prints. @since 0.1.0 */
export interface SuccessRate extends Shape, FaultSummary {
  readonly decoder: string
  readonly method: Method
  readonly ties: Ties
  readonly trials: number
  /** Number of the first trial. */
  readonly from: number
  readonly seed: string
  readonly model: ModelDescription
  /** Of exact recovery. */
  readonly successRate: number
  readonly interval: readonly [number, number]
  /** Of the interval: at least this for every true rate, but for the rule `control-variates`, about this. */
  readonly confidence: number
  readonly rule: IntervalRule
  /** What answers recover, where the sampler counts it. */
  readonly metrics?: RecoveryMetrics
  /** What its scores tell, where that was asked for. */
  readonly scores?: ScoreMetrics
  /** How far its amplitudes are off, where that was asked for and it answers with them. */
  readonly amplitudes?: AmplitudeErrors
  /** Where no decoder can have it. */
  readonly impossible?: Impossible
  /** By the clock, not of the processor. */
  readonly seconds: number
}

/** Trials of one rate unless given. */
export function defaultTrials({
  traits,
  method,
  model = IDEAL,
}: Pick<Sampler, 'traits' | 'method' | 'model'>): number {
  const { conditional, generalTrials } = traits ?? {}
  if (method === 'conditional' && !isIdeal(model) && generalTrials) return generalTrials
  if (method === 'simulation' || !conditional) return 1000
  if (isIdeal(model)) return conditional.trials
  return conditional.failing ? 1000 : 200
}

/**
 * The options with what is not given. Throws RangeError for those out of range: to be called before a sampler is
 * opened, whose threads take a while to start.
 * @param usual trials unless given
 */
export function checkedRate(options: SuccessOptions, usual = 1) {
  requireObject('options', options)
  const { N, k, d, seed = '1', from = 0, confidence = 0.99, controlVariates = false } = options
  const { onTrials, scores = false, trials = usual } = options
  checkSubset(N, k)
  requireCount('d', d, 1)
  requireString('seed', seed)
  if (onTrials !== undefined) requireFunction('onTrials', onTrials)
  requireCount('trials', trials, 1)
  requireCount('from', from)
  if (from + trials > MOST_TRIAL)
    throw new RangeError(`trials are numbered below 2^53; from = ${from} is too large`)
  requireProbability('confidence', confidence)
  requireFlag('controlVariates', controlVariates)
  requireFlag('scores', scores)
  return { N, k, d, seed, from, confidence, controlVariates, scores, trials }
}

/**
 * The success rate of a decoder at one shape, from a fixed number of trials. Throws RangeError for options out of
 * range.
 */
export async function rateBy(sampler: Sampler, options: SuccessOptions): Promise<SuccessRate> {
  requireFunction("the sampler's run", sampler?.run)
  const asked = checkedRate(options, defaultTrials(sampler))
  const { N, k, d, seed, from, confidence, controlVariates, scores, trials } = asked
  const { onTrials, signal } = options
  const { decoder, method, model = IDEAL } = sampler
  if (criterionOf(model).kind !== 'exact') {
    throw new InputError(`a success rate is of exact recovery, not of ${model.criterion}: measure takes that`)
  }
  const start = performance.now()
  const said: Told[] | undefined = scores && sampler.tells && !sampler.traits ? [] : undefined
  if (said) checkTelling(trials)
  const computed = scores && !said && (await scoresOf(sampler, { N, k, d }, seed, confidence, signal))
  const failing =
    controlVariates && method === 'conditional' ? sampler.traits?.conditional?.failing : undefined
  const controls = failing && trials >= MANY ? controlsFor(failing, { N, k, d }) : undefined
  const { values, counts, faults } = await sampler.run({ N, k, d }, seed, from, trials, {
    signal,
    // Counts are with ties to the lowest index.
    counts: sampler.ties !== 'strict',
    ...(onTrials && { onTrials }),
    ...(said && {
      onTold(trial: number, one: Told) {
        if (one.scores) checkScored(decoder, { N, k, d }, sampler.model ?? IDEAL)
        said[trial - from] = one
      },
    }),
  })
  if (controls) await addMembers(controls, { N, k, d }, seed, from, trials, signal)
  const { point, interval, rule } =
    (controls && controlled(values, controls, confidence)) ?? rateInterval(values, confidence)
  const atBar = counts && ofFixedBar(sampler, { N, k, d }, seed, from, counts)
  const pooled = atBar ?? counts
  const ratios = trials >= MANY && isTame(sampler) ? (atBar?.controls ?? []) : undefined
  const metrics = pooled && recoveryMetrics({ N, k, d }, pooled, confidence, model, ratios)
  const tripped = impossible(sampler, { N, k, d }, values)
  return {
    decoder,
    N,
    k,
    d,
    method,
    ties: sampler.ties ?? 'lowest-index',
    trials,
    from,
    seed,
    model,
    successRate: point,
    interval: [interval[0], interval[1]],
    confidence,
    rule,
    ...(metrics && { metrics }),
    ...(computed && { scores: computed }),
    // Of what broke the contract in each trial nothing is told but that.
    ...(said && faults.length < trials && toldMetrics(decoder, said, { N, k, d }, model, confidence)),
    ...faultSummary(faults, trials),
    ...(tripped && { impossible: tripped }),
    seconds: (performance.now() - start) / 1000,
  }
}

/** Trial numbers are whole doubles. */
const MOST_TRIAL = 2 ** 53

/** Trials between looks at what else there is to do. */
const STRETCH = 200

/** The controls of the trials that were run: their members follow from seed, k and trial alone. */
async function addMembers(
  controls: Controls,
  shape: Shape,
  seed: string,
  from: number,
  trials: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let t = 0; t < trials; t++) {
    if (t % STRETCH === 0) {
      await setImmediate()
      signal?.throwIfAborted()
    }
    controls.add(trialMembers(shape, seed, from + t))
  }
}

/** What the scores of a decoder tell that reads in one step. */
function scoresOf(
  { decoder, method, model = IDEAL, traits }: Sampler,
  shape: Shape,
  seed: string,
  confidence: number,
  signal: AbortSignal | undefined,
) {
  if (!traits) {
    throw new InputError(
      `what ${decoder} says beside its lists is told of trials here, without --record and --queue`,
    )
  }
  if (traits.family !== 'one-step') {
    throw new InputError(`scores are told of built-in one-step decoders, not of ${decoder}`)
  }
  if (method !== 'conditional') {
    throw new InputError('scores are told by --method conditional, over --dictionary rademacher')
  }
  return scoreMetrics(model, shape, seed, confidence, signal)
}

/** What a bar that is the same for all codes reads, given less than each trial's members; undefined of others. */
function ofFixedBar(
  { method, model = IDEAL, traits }: Sampler,
  shape: Shape,
  seed: string,
  from: number,
  { active }: RecoveryCounts,
): FixedBarCounts | undefined {
  if (method !== 'conditional' || isIdeal(model)) return undefined
  const tau = traits?.fixedBar?.({ shape, model })
  return tau === undefined ? undefined : fixedBarCounts(tau, model, shape, active, seed, from)
}

/**
 * Whether counts of codes with equally many active codewords are means over all dictionaries, and no few codes of much
 * energy make most of them: with E a⁴ = 55, of `lognormal:1`, Student's intervals of 95 % held for 170 of 200 seeds.
 */
const isTame = ({ method, model = IDEAL, traits }: Sampler): boolean =>
  method === 'conditional' &&
  !isIdeal(model) &&
  model.active === 'subset' &&
  traits?.family === 'one-step' &&
  parseAmplitudes(model.amplitudes).fourthMoment <= TAME

/** E a⁴ of exponential amplitudes is 6. */
const TAME = 8

/** Trials, and successes and failures among them, from which on a regression on the controls is trusted. */
const MANY = 1000
const MIXED = 50

/** The rate with controls; undefined where there is too little of one outcome. */
function controlled(values: ArrayLike<number>, controls: Controls, confidence: number) {
  let successes = 0
  for (let t = 0; t < values.length; t++) successes += values[t]
  if (Math.min(successes, values.length - successes) < MIXED) return undefined
  const estimate = controlledMean(values, controls.all(successes / values.length), confidence)
  return { ...estimate, rule: 'control-variates' } as const
}
