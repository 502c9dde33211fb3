import { addScaled } from '../numerics/add-scaled.js'
import { clip } from '../numerics/clip.js'
import { tQuantile } from '../numerics/special/beta.js'
import type { Estimate } from './estimate.js'
import { requireCount, requireProbability } from './ranges.js'

/** A quantity seen along with the values whose mean is sought, and its exact mean. */
export interface Control {
  readonly values: ArrayLike<number>
  readonly mean: number
  /** Its coefficient where too few values tell: 0 unless given. */
  readonly usual?: number
}

/** A column is left out where the columns before explain all but less than this share of it. */
const DEPENDENT = 1e-7
/**
 * A control whose sample mean is more standard errors than this from the exact one was seen too rarely to be of use.
 */
const UNSEEN = 5
/** So was one that rests, in effect, on fewer values than this. */
const FEW = 5

/**
 * The mean of values in [0, 1] by linear control variates (Owen, Monte Carlo Theory, Methods and Examples, Section
 * 8.9): the values are regressed on the controls, and the regression read off at the controls' exact means. Its bias
 * is of order 1/n. Its interval is Student's with the jackknife's variance (MacKinnon & White 1985), since residuals
 * are larger where controls are: an approximation for many values, not a guarantee.
 *
 * @param values a number of them fixed in advance, more than two above the number of controls
 * @returns the estimate; `residual` is the share of the values' variance that the controls leave
 */
export function controlledMean(
  values: ArrayLike<number>,
  controls: readonly Control[],
  confidence: number,
): Estimate & { readonly residual: number } {
  const n = values.length
  requireCount('number of values', n, controls.length + 3)
  requireProbability('confidence', confidence)
  const outcome = column(values, 0)
  const whole = squares(outcome.entries)
  for (const { values: seen, mean, usual = 0 } of controls)
    if (usual !== 0) add(-usual, column(seen, mean), outcome)
  // Gram and Schmidt, the distances of the sample means from the exact ones carried along.
  const basis: Column[] = []
  for (const { values: seen, mean } of controls) {
    const next = column(seen, mean)
    const before = squares(next.entries)
    if (!(Math.abs(next.offset) * n <= UNSEEN * Math.sqrt(before))) continue
    for (const one of basis) remove(one, next)
    const square = squares(next.entries)
    if (!(Math.sqrt(square) > DEPENDENT * Math.sqrt(before))) continue
    if (square * square < FEW * fourths(next.entries)) continue
    const left = Math.sqrt(square)
    for (let i = 0; i < n; i++) next.entries[i] /= left
    next.offset /= left
    basis.push(next)
    remove(next, outcome)
  }
  const rest = squares(outcome.entries)
  const half =
    -tQuantile((1 - confidence) / 2, n - basis.length - 1) * Math.sqrt(variance(outcome.entries, basis))
  const point = clip(outcome.offset)
  return {
    point,
    interval: [clip(outcome.offset - half), clip(outcome.offset + half)],
    confidence,
    residual: whole > 0 ? rest / whole : 1,
  }
}

/** Of the estimate Σ (weights)·(values): each weight is 1/n and what the controls' offsets make of it. */
function variance(residuals: Float64Array, basis: readonly Column[]): number {
  const n = residuals.length
  let sum = 0
  for (let i = 0; i < n; i++) {
    let weight = 1 / n
    let leverage = 1 / n
    for (const { entries, offset } of basis) {
      weight -= offset * entries[i]
      leverage += entries[i] * entries[i]
    }
    // At a leverage of 1 the residual is 0.
    sum += ((weight * residuals[i]) / Math.max(1 - leverage, Number.EPSILON)) ** 2
  }
  return ((n - 1) / n) * sum
}

/** Values less their mean, and how far that is from the exact one. */
interface Column {
  readonly entries: Float64Array
  offset: number
}

function column(values: ArrayLike<number>, mean: number): Column {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  const average = sum / values.length
  return { entries: Float64Array.from(values, (value) => value - average), offset: average - mean }
}

const squares = (entries: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < entries.length; i++) sum += entries[i] * entries[i]
  return sum
}

const fourths = (entries: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < entries.length; i++) sum += entries[i] ** 4
  return sum
}

function add(weight: number, from: Column, to: Column): void {
  addScaled(to.entries, weight, from.entries)
  to.offset += weight * from.offset
}

/** Takes the part along a column of norm 1 out of another. */
function remove(unit: Column, from: Column): void {
  let along = 0
  for (let i = 0; i < unit.entries.length; i++) along += unit.entries[i] * from.entries[i]
  add(-along, unit, from)
}
