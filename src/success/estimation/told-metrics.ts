import { supportExcess } from '../../bounds/general/support-entropy.js'
import { parseActivity } from '../../codes/model/activity.js'
import type { ModelDescription } from '../../codes/model/description.js'
import type { Shape } from '../../codes/trial.js'
import { InputError } from '../../io/input-error.js'
import { firstInteger } from '../../numerics/bisect.js'
import { type Jackknifed, jackknife } from '../../statistics/jackknife.js'
import { information, type ScoreMetrics } from '../conditional/general/score-metrics.js'
import type { Told, ToldScores } from '../trials/told.js'

/** Batches of trials, each leaving the others for an estimate of its own. */
const BATCHES = 24
/** Ranges of scores: each has about this share of the active codewords or of the others. */
const RANGES = 48

/** How far the amplitudes that a decoder says are off. @since 0.2.0 */
export interface AmplitudeErrors {
  /** E‖Â − A‖²/k, Â being 0 of what the decoder does not name. */
  readonly squaredError: Jackknifed
  /** E‖X − FÂ‖²/E‖X‖²: the share of the code that they leave unexplained. */
  readonly unexplained: Jackknifed
}

/** What answers say beside their lists. */
export interface ToldMetrics {
  readonly scores?: ScoreMetrics
  readonly amplitudes?: AmplitudeErrors
}

/**
 * AUC and soft bits of scores, and errors of amplitudes, over the trials whose answers have them; soft bits are those
 * of scores in some fifty ranges, at most what the scores tell, and are corrected for their bias.
 * @param all by trial
 * @throws InputError where no answer says more than a list, or too few do
 */
export function toldMetrics(
  decoder: string,
  all: readonly (Told | undefined)[],
  shape: Shape,
  model: ModelDescription,
  confidence: number,
): ToldMetrics {
  const scores = all.flatMap((one) => one?.scores ?? [])
  const errors = all.flatMap((one) => one?.errors ?? [])
  if (scores.length === 0 && errors.length === 0) {
    throw new InputError(
      `${decoder} answers with lists alone; to say more it answers with { list, scores, amplitudes }`,
    )
  }
  const estimate = <T>(from: readonly T[], of: (some: readonly T[]) => number) =>
    jackknife(batchesOf(decoder, from), (batches) => of(batches.flat()), confidence)
  return {
    ...(scores.length > 0 && { scores: scoreMetricsOf(decoder, scores, shape, model, confidence) }),
    ...(errors.length > 0 && {
      amplitudes: {
        squaredError: estimate(
          errors,
          (some) => total(some, ({ amplitudes }) => amplitudes) / (some.length * shape.k),
        ),
        unexplained: estimate(
          errors,
          (some) => total(some, ({ code }) => code) / total(some, ({ energy }) => energy),
        ),
      },
    }),
  }
}

/** Throws InputError where so few trials tell nothing. */
export function checkTelling(trials: number): void {
  if (trials >= BATCHES) return
  throw new InputError(
    `what answers say beside their lists is told of at least ${BATCHES} trials, not ${trials}`,
  )
}

/** Throws InputError where soft bits of scores are not told. */
export function checkScored(decoder: string, { N, k }: Shape, { active }: ModelDescription): void {
  if (parseActivity(active).kind === 'zipf') {
    throw new InputError(
      `soft bits of ${decoder}'s scores are told where codewords are active equally often, not with --active ${active}`,
    )
  }
  if (k > 0 && k < N) return
  throw new InputError(`scores tell active codewords from others: k must be from 1 to N - 1, not ${k}`)
}

function batchesOf<T>(decoder: string, all: readonly T[]): T[][] {
  if (all.length < BATCHES) {
    throw new InputError(
      `what ${decoder} says beside its lists is told of at least ${BATCHES} trials that it answers, not ${all.length}`,
    )
  }
  return Array.from({ length: BATCHES }, (_, b) => all.filter((_, t) => t % BATCHES === b))
}

function scoreMetricsOf(
  decoder: string,
  all: readonly ToldScores[],
  { N, k, d }: Shape,
  { active }: ModelDescription,
  confidence: number,
): ScoreMetrics {
  const activity = parseActivity(active)
  const batches = batchesOf(decoder, all)
  const ends = rangesOf(all)
  const counted = batches.map((batch) => countsIn(ends, batch))
  const excess = supportExcess(activity, N, k)
  const bits = (some: readonly Counts[]) => {
    const law = { active: shares(some, 'active'), others: shares(some, 'others') }
    return N * information(k / N, law) - excess
  }
  const softBits = jackknife(counted, bits, confidence, { corrected: true })
  const [low, high] = softBits.interval
  return {
    auc: jackknife(
      batches,
      (some) => {
        const scores = some.flat()
        return total(scores, ({ ahead }) => ahead) / total(scores, ({ pairs }) => pairs)
      },
      confidence,
    ),
    softBits,
    softBitsPerDimension: { value: softBits.value / d, interval: [low / d, high / d] },
  }
}

/** How many scores are in each range. */
interface Counts {
  readonly active: Float64Array
  readonly others: Float64Array
}

/** The largest score of each range, ascending. */
function rangesOf(all: readonly ToldScores[]): number[] {
  const of = { active: new Map<number, number>(), others: new Map<number, number>() }
  const add = (counts: Map<number, number>, score: number, count: number) =>
    counts.set(score, (counts.get(score) ?? 0) + count)
  for (const { active, others } of all) {
    for (const score of active) add(of.active, score, 1)
    others.scores.forEach((score, n) => {
      add(of.others, score, others.counts[n])
    })
  }
  const whole = {
    active: total([...of.active.values()], (count) => count),
    others: total([...of.others.values()], (count) => count),
  }
  const ends: number[] = []
  let [active, others] = [0, 0]
  for (const score of [...new Set([...of.active.keys(), ...of.others.keys()])].sort((a, b) => a - b)) {
    active += of.active.get(score) ?? 0
    others += of.others.get(score) ?? 0
    if (active * RANGES < whole.active && others * RANGES < whole.others) continue
    ends.push(score)
    active = 0
    others = 0
  }
  return ends
}

function countsIn(ends: readonly number[], batch: readonly ToldScores[]): Counts {
  const counts = { active: new Float64Array(ends.length + 1), others: new Float64Array(ends.length + 1) }
  const rangeOf = (score: number) => firstInteger(-1, ends.length, (r) => ends[r] >= score)
  for (const { active, others } of batch) {
    for (const score of active) counts.active[rangeOf(score)]++
    others.scores.forEach((score, n) => {
      counts.others[rangeOf(score)] += others.counts[n]
    })
  }
  return counts
}

/** What share of all scores is in each range. */
function shares(some: readonly Counts[], which: keyof Counts): Float64Array {
  const counts = some[0][which].map((_, r) => total(some, (one) => one[which][r]))
  const whole = total([...counts], (count) => count)
  return counts.map((count) => count / whole)
}

const total = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0)
