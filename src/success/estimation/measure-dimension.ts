import { supportEntropy } from '../../bounds/general/support-entropy.js'
import { parseActivity } from '../../codes/model/activity.js'
import { type Criterion, criterionText, EXACT } from '../../codes/model/criterion.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'
import type { Shape } from '../../codes/trial.js'
import { append } from '../../io/append.js'
import { requireFunction, requireObject, requireString } from '../../io/arguments.js'
import { exactText } from '../../io/quantity-text.js'
import { requireProbability } from '../../statistics/ranges.js'
import { type ExpectedWork, expectedWork } from '../trials/expected-work.js'
import { givenUp } from '../trials/given-up.js'
import type { ContractViolation, Method, Sampler, Ties } from '../trials/sampler.js'
import { type FaultSummary, faultSummary } from './fault-summary.js'
import { initialDimension } from './initial-dimension.js'
import { pooled } from './judged-sampler.js'
import { successCurve } from './success-curve.js'
import { interpolate, outward, type SolveOptions, solve, type Transition, trialsFor } from './transition.js'
import { type Impossible, impossible } from './tripwire.js'

/** Which dimension is sought, and how surely. @since 0.1.0 */
export interface MeasureOptions {
  /** Number of codewords, an integer ≥ 1. */
  readonly N: number
  /** Number of active codewords, an integer in [0, N]. */
  readonly k: number
  /** The success rate, in (0, 1), of exact recovery. Any other criterion has its own level. @defaultValue `0.5` */
  readonly target?: number
  /** What one trial has to meet. @defaultValue exact recovery */
  readonly criterion?: Criterion
  /** Largest half-width of the interval, relative to the dimension. @defaultValue `0.02` */
  readonly precision?: number
  /** In (0, 1). @defaultValue `0.99` */
  readonly confidence?: number
  /** Any string. @defaultValue `'1'` */
  readonly seed?: string
  /** Called with the share of the work that is done, in [0, 1], roughly. */
  onProgress?(done: number): void
  /** Stops the search, which then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** The dimension at which a decoder reaches a success rate: what `dpb measure --json` prints. @since 0.1.0 */
export interface Measurement extends FaultSummary {
  readonly decoder: string
  readonly N: number
  readonly k: number
  /** The success rate, or the level of the criterion, in (0, 1). */
  readonly target: number
  /** `exact`, or what has to reach its level: `recall:0.8`. */
  readonly criterion: string
  readonly model: ModelDescription
  /** H, of the active set. */
  readonly entropyBits: number
  /** A real number: success is interpolated between whole dimensions. */
  readonly dimension: number
  /** dimension/H. */
  readonly dimsPerBit: number
  /** Of dimsPerBit. */
  readonly interval: readonly [number, number]
  /** Of dimension. */
  readonly dimensionInterval: readonly [number, number]
  /** At least this, if success grows with d. */
  readonly confidence: number
  readonly method: Method
  readonly ties: Ties
  /** At each dimension that the last stage looked at. */
  readonly trials: number
  readonly seed: string
  /** Where the decoder had a success rate that no decoder can have. */
  readonly impossible?: Impossible
  /** By the clock, not of the processor. */
  readonly seconds: number
}

/** Trials of the pilot at even odds; rates far from ½ take up to four times as many. */
const PILOT = { simulation: 128, conditional: 96 } as const
/** A second pilot, of one twelfth of the stage that follows, where that would be larger than the first. */
const SECOND_PILOT = 1 / 12
/** The two dimensions of a pilot lie at most this far apart. */
const PILOT_TOLERANCE = 1.15
const SECOND_TOLERANCE = 1.08
/** d ln(odds of success)/d ln d before anything is known. */
const SLOPE_GUESS = 10
/** A decoder that does nothing but break its contract in so many trials is given up. */
const PROBE = 8
/** The search gives up at this multiple of its first guess. */
const REACH = 64
/**
 * Dimensions that a pilot and a stage look at, mostly, and those of a stage on either side; and what is set aside for a
 * further stage: with more the time left would be twice what it is where none follows.
 */
const LOOKS = { pilot: 4, stage: 3, side: 1, further: 0.9 }
/** The part of the precision that a stage plans to use. */
const PLANNED = 0.75
/** Most trials of a stage. */
const MOST_TRIALS = 2 ** 22
/** The next stage takes so many times the trials that would have done, as its level is stricter; and those at least. */
const GROWTH = 1.2
const LEAST_GROWTH = 1.05

/**
 * The dimension at which the decoder's success rate is the target. Each stage uses one set of trials at every
 * dimension, codewords of a smaller one being prefixes of those of a larger, so that the rate moves smoothly with d.
 * A pilot finds the transition and how many trials the precision takes; a stage of so many fresh ones solves for the
 * dimension, and goes out from there to either side until its trials reject the target: exactly by their number for
 * 0/1 outcomes, by betting for conditional probabilities. A larger stage with fresh trials follows where the
 * precision was missed; stage s may err with probability (1 − confidence)/2^s, so that all together keep the
 * confidence. The result depends on the options alone.
 *
 * Throws RangeError for parameters out of range, where a guess meets the target, and where the target is not met at
 * 64 times the dimension of theory; FailedCheck when the decoder does nothing but break its contract, and NotExamined
 * when it refuses to read.
 */
export async function measureBy(sampler: Sampler, options: MeasureOptions): Promise<Measurement> {
  requireObject('options', options)
  requireFunction("the sampler's run", sampler?.run)
  const { criterion = EXACT, precision = 0.02, confidence = 0.99, seed = '1' } = options
  const { target = criterion.kind === 'exact' ? 0.5 : criterion.level } = options
  const { model = IDEAL } = sampler
  const asked: Asked = { ...options, target, precision, confidence, seed }
  const bits = checkAsked(asked, model)
  const { N, k, onProgress, signal } = asked
  const started = performance.now()
  const work = expectedWork(pooled(sampler, criterion), 1, (done) => onProgress?.(done))
  const search = new Search(work, asked)
  await probe(sampler, { N, k, d: Math.ceil(search.guess) }, seed, signal)
  let { place, from } = await search.pilots()
  let trials = search.trialsAt(place)
  for (let stage = 1; ; stage++) {
    const found = await search.stage(place, from, trials, (1 - confidence) / 2 ** (stage + 1))
    place = found.place
    const { low, high } = found
    if ('end' in low && 'end' in high) {
      onProgress?.(1)
      const dimension = interpolate(low.end, high.end)
      return {
        decoder: sampler.decoder,
        N,
        k,
        target,
        criterion: criterionText(criterion),
        model,
        entropyBits: bits,
        dimension,
        dimsPerBit: dimension / bits,
        interval: [low.end.x / bits, high.end.x / bits],
        dimensionInterval: [low.end.x, high.end.x],
        confidence,
        method: sampler.method,
        ties: sampler.ties ?? 'lowest-index',
        trials,
        seed,
        ...search.seen(),
        seconds: (performance.now() - started) / 1000,
      }
    }
    from += trials
    const more = Math.max(LEAST_GROWTH, ...[low, high].map((side) => ('more' in side ? side.more : 0)))
    trials = Math.ceil(GROWTH * more * trials)
  }
}

type Asked = MeasureOptions & Required<Pick<MeasureOptions, 'target' | 'precision' | 'confidence' | 'seed'>>

/** Throws RangeError for what cannot be measured. Returns H. */
function checkAsked(
  { N, k, target, criterion = EXACT, precision, confidence, seed, onProgress }: Asked,
  { active }: ModelDescription,
): number {
  if (criterion.kind !== 'exact' && target !== criterion.level) {
    throw new RangeError(`the target of ${criterionText(criterion)} is ${criterion.level}, not ${target}`)
  }
  requireProbability('target', target)
  requireProbability('precision', precision)
  requireProbability('confidence', confidence)
  requireString('seed', seed)
  if (onProgress !== undefined) requireFunction('onProgress', onProgress)
  const bits = supportEntropy(parseActivity(active), N, k)
  if (bits === 0) {
    const where = `N = ${exactText(N)}, k = ${exactText(k)}`
    throw new RangeError(`${where} has one subset: H = 0, there is nothing to send`)
  }
  if (2 ** -bits >= target) throw new RangeError(`a guess meets the target ${target} at N = ${N}, k = ${k}`)
  return bits
}

/** The search for one dimension: its curves, and what was seen on the way. */
class Search {
  readonly #sampler: Sampler
  readonly #expect: ExpectedWork['expect']
  readonly #asked: Asked
  readonly #faults: ContractViolation[] = []
  #trials = 0
  #tripped: Impossible | undefined
  /** Where to look first. */
  readonly guess: number

  constructor({ sampler, expect }: ExpectedWork, asked: Asked) {
    this.#sampler = sampler
    this.#expect = expect
    this.#asked = asked
    this.guess = initialDimension(sampler.traits, asked.N, asked.k, asked.target)
  }

  /** Where the transition is, from few trials, and the first trial that is not used yet. */
  async pilots(): Promise<{ place: Transition; from: number }> {
    const { target } = this.#asked
    let from = Math.round(PILOT[this.#sampler.method] * Math.min(4, 0.25 / (target * (1 - target))))
    const first = { start: this.guess, slope: SLOPE_GUESS, tolerance: PILOT_TOLERANCE }
    const binary = this.#sampler.method === 'simulation'
    const usual = { dimension: this.guess, slope: SLOPE_GUESS, variance: binary ? 1 / 4 : 1 / 16, binary }
    this.#expect(LOOKS.pilot * from + (LOOKS.stage + LOOKS.further) * this.trialsAt(usual))
    let place = await this.#find(0, from, first)
    const second = Math.ceil(SECOND_PILOT * this.trialsAt(place))
    if (second > from && second < MOST_TRIALS) {
      const { dimension: start, slope } = place
      place = await this.#find(from, second, { start, slope, tolerance: SECOND_TOLERANCE })
      from += second
    }
    return { place, from }
  }

  /** Trials of the first stage. */
  trialsAt(place: Transition): number {
    const { target, precision, confidence } = this.#asked
    return trialsFor(place, target, PLANNED * precision, (1 - confidence) / 4)
  }

  /** Solve for the dimension by these trials, and go out from there until they reject the target on either side. */
  async stage({ dimension: start, slope }: Transition, from: number, trials: number, alpha: number) {
    const { target, precision } = this.#asked
    if (trials > MOST_TRIALS) {
      throw new RangeError(
        `a precision of ${precision} would take ${trials} trials a dimension; at most ${MOST_TRIALS} are run: ` +
          'a wider one takes fewer',
      )
    }
    this.#expect((LOOKS.stage + LOOKS.further) * trials)
    const tolerance = 1 + Math.min(0.1, 4 * precision)
    const place = await this.#find(from, trials, { start, slope, tolerance, near: precision })
    this.#expect((2 * LOOKS.side + LOOKS.further) * trials)
    const values = this.#curve(from, trials)
    const ends = {
      dimension: place.dimension,
      reach: PLANNED * precision,
      farthest: Math.log1p(2 * precision) / 2,
    }
    const low = await outward('below', values, target, alpha, ends)
    this.#expect((LOOKS.side + ('more' in low ? LOOKS.stage * low.more : LOOKS.further)) * trials)
    const high = await outward('above', values, target, alpha, ends)
    return { place, low, high }
  }

  /** Violations, and a rate that no decoder can have. */
  seen(): FaultSummary & Pick<Measurement, 'impossible'> {
    const impossible = this.#tripped
    return { ...faultSummary(this.#faults, this.#trials), ...(impossible && { impossible }) }
  }

  async #find(from: number, trials: number, options: Omit<SolveOptions, 'most'>): Promise<Transition> {
    const { N, k, target } = this.#asked
    const most = REACH * this.guess
    const found = await solve(this.#curve(from, trials), target, { ...options, most })
    if ('dimension' in found) return found
    const rate = `its rate at d = ${Math.floor(most)} is ${found.unreached.toPrecision(3)} in ${trials} trials`
    const { decoder } = this.#sampler
    throw new RangeError(`${decoder} does not reach the target ${target} at N = ${N}, k = ${k}: ${rate}`)
  }

  #curve(from: number, trials: number) {
    const { N, k, seed, signal } = this.#asked
    const { traits } = this.#sampler
    return successCurve(this.#sampler, {
      N,
      k,
      seed,
      from,
      trials,
      window: traits?.ripple ?? 1,
      onFaults: (more) => append(this.#faults, more),
      onValues: (shape, values) => {
        this.#trials += values.length
        this.#tripped ??= impossible(this.#sampler, shape, values)
      },
      signal,
    })
  }
}

/** Throws when the decoder breaks its contract, or refuses to read, in all of the first few trials. */
async function probe(sampler: Sampler, shape: Shape, seed: string, signal: AbortSignal | undefined) {
  const { faults } = await sampler.run(shape, seed, 0, PROBE, { signal })
  if (faults.length < PROBE) return
  throw givenUp(sampler.decoder, faults, `in each of ${PROBE} trials`)
}
