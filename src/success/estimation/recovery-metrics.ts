import { hardBits } from '../../bounds/general/bits-read.js'
import { parseActivity } from '../../codes/model/activity.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'
import type { Shape } from '../../codes/trial.js'
import { clip } from '../../numerics/clip.js'
import { type Control, controlledMean } from '../../statistics/control-variates.js'
import type { RecoveryCounts } from '../trials/recovery.js'
import { rateInterval } from './rate-interval.js'

/** A metric and its interval. @since 0.2.0 */
export interface Metric {
  readonly value: number
  readonly interval: readonly [number, number]
}

/**
 * What a decoder's answers recover, pooled over trials; `bitsRead` counts what decisions on separate codewords tell
 * of the active set.
 *
 * @since 0.2.0
 */
export interface RecoveryMetrics {
  /** Active codewords named, of all active ones. */
  readonly recall: Metric
  /** Active codewords named, of all that are named; 1 where none is. */
  readonly precision: Metric
  /** 2·hits/(named + active). */
  readonly f1: Metric
  /** R in bits; see `hardBits`. */
  readonly bitsRead: Metric
  /** R/d. */
  readonly bitsReadPerDimension: Metric
}

/**
 * The metrics of these trials. Each ratio of means has the interval of the mean of its linearisation, by the rule of
 * success rates: rigorous where the denominator is the same in every trial, to first order elsewhere. Where controls
 * of the false positives are given, and be they none, ratios of which both sides vary are by `controlledMean`: with
 * Student's intervals, for many trials.
 * @param confidence of each interval, in (0, 1)
 */
export function recoveryMetrics(
  shape: Shape,
  { hits, falsePositives, active }: RecoveryCounts,
  confidence: number,
  model: ModelDescription = IDEAL,
  controls?: readonly Control[],
): RecoveryMetrics {
  const { d } = shape
  const named = hits.map((hit, t) => hit + falsePositives[t])
  const bitsRead = bitsOf(shape, { hits, falsePositives, active }, confidence, model)
  return {
    recall: ratio(hits, active, confidence),
    precision: ratio(hits, named, confidence, controls),
    f1: ratio(
      hits.map((hit) => 2 * hit),
      named.map((count, t) => count + active[t]),
      confidence,
      controls,
    ),
    bitsRead,
    bitsReadPerDimension: {
      value: bitsRead.value / d,
      interval: [bitsRead.interval[0] / d, bitsRead.interval[1] / d],
    },
  }
}

/**
 * R and its interval. Where every answer and every active set have one size, recall says all; else R is taken at the
 * corners of recall and false positives, each at half the error probability.
 */
function bitsOf(
  { N, k }: Shape,
  { hits, falsePositives, active }: RecoveryCounts,
  confidence: number,
  model: ModelDescription,
): Metric {
  const law = parseActivity(model.active)
  const others = N - mean(active)
  const bits = (recall: number, wrong: number) =>
    others === 0 ? 0 : hardBits(law, N, k, { recall, falsePositiveRate: clip(wrong / others) })
  const sizes = hits.map((hit, t) => hit + falsePositives[t])
  if (isConstant(sizes) && isConstant(active)) {
    const { value, interval } = ratio(hits, active, confidence)
    const at = (recall: number) => bits(recall, Math.max(0, sizes[0] - recall * active[0]))
    return { value: at(value), interval: [at(Math.max(interval[0], sizes[0] / N)), at(interval[1])] }
  }
  const half = (1 + confidence) / 2
  const recall = ratio(hits, active, half)
  const most = falsePositives.reduce((largest, count) => Math.max(largest, count), k)
  const wrong = rateInterval(
    falsePositives.map((count) => count / most),
    half,
  ).interval
  const value = bits(recall.value, mean(falsePositives))
  const low = bits(Math.max(recall.interval[0], (wrong[1] * most) / others), wrong[1] * most)
  const high = bits(recall.interval[1], wrong[0] * most)
  return { value, interval: [Math.min(value, low), Math.max(value, high)] }
}

const isConstant = (entries: Float64Array): boolean => entries.every((entry) => entry === entries[0])

/** Steps of a ratio to where its controlled linearisation is 0. */
const STEPS = 6

/** Σ parts/Σ wholes, 0 ≤ part ≤ whole in every trial; 1 where there is nothing whole. */
function ratio(
  parts: Float64Array,
  wholes: Float64Array,
  confidence: number,
  controls?: readonly Control[],
): Metric {
  const whole = mean(wholes)
  if (whole === 0) return { value: 1, interval: [0, 1] }
  const most = wholes.reduce((largest, entry) => Math.max(largest, entry), 0)
  // In [0, 1], with mean `value`.
  const linearAt = (value: number) => parts.map((part, t) => clip(value + (part - value * wholes[t]) / most))
  const endAt = (value: number) => (at: number) => clip(value + ((at - value) * most) / whole)
  const pooled = Math.min(1, mean(parts) / whole)
  // Where all are equal their spread tells nothing.
  if (!controls || isConstant(wholes) || isConstant(linearAt(pooled))) {
    const { interval } = rateInterval(linearAt(pooled), confidence)
    const end = endAt(pooled)
    return {
      value: pooled,
      interval: [Math.min(pooled, end(interval[0])), Math.max(pooled, end(interval[1]))],
    }
  }
  // A control goes with the whole one to one: so it is taken off where too few trials tell how it goes.
  const controlled = (at: number) => {
    const known = controls.map((control) => ({ ...control, usual: -at / most }))
    return controlledMean(linearAt(at), known, confidence)
  }
  // Where few trials hold most of the wholes, their mean is rough, and so is each step.
  let value = pooled
  for (let step = 0; step < STEPS; step++) value = endAt(value)(controlled(value).point)
  const { interval } = controlled(value)
  const end = endAt(value)
  return { value, interval: [Math.min(value, end(interval[0])), Math.max(value, end(interval[1]))] }
}

const mean = (entries: Float64Array): number =>
  entries.reduce((total, entry) => total + entry, 0) / entries.length
