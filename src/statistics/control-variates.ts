import quantile from '@stdlib/stats-base-dists-t-quantile'
import type { Estimate } from './estimate.js'
import { requireCount, requireProbability } from './ranges.js'

/** A quantity seen along with the values whose mean is sought, and its exact mean. */
export interface Control {
  readonly values: ArrayLike<number>
  readonly mean: number
}

/** A column whose part that the columns before do not explain is less than this share of it is left out. */
const DEPENDENT = 1e-7
/** A control whose sample mean is more standard errors than this from the exact one was seen too rarely to be of use. */
const UNSEEN = 5

/**
 * The mean of values in [0, 1] by linear control variates (Owen, Monte Carlo Theory, Methods and Examples, Section 8.9): the values are regressed on
 * the controls, and the regression read off at the controls' exact means. Its bias is of order 1/n, its interval Student's, with
 * the residuals' variance: an approximation for many values, not a guarantee.
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
  // Gram and Schmidt, the distances of the sample means from the exact ones carried along.
  const basis: Column[] = []
  for (const { values: seen, mean } of controls) {
    const next = column(seen, mean)
    const before = squares(next.entries)
    if (!(Math.abs(next.offset) * n <= UNSEEN * Math.sqrt(before))) continue
    for (const one of basis) remove(one, next)
    const left = Math.sqrt(squares(next.entries))
    if (!(left > DEPENDENT * Math.sqrt(before))) continue
    for (let i = 0; i < n; i++) next.entries[i] /= left
    next.offset /= left
    basis.push(next)
    remove(next, outcome)
  }
  const rest = squares(outcome.entries)
  const freedom = n - basis.length - 1
  const spread = 1 / n + basis.reduce((sum, { offset }) => sum + offset * offset, 0)
  const half = -quantile((1 - confidence) / 2, freedom) * Math.sqrt((rest / freedom) * spread)
  const inside = (x: number) => Math.min(1, Math.max(0, x))
  const point = inside(outcome.offset)
  return {
    point,
    interval: [inside(outcome.offset - half), inside(outcome.offset + half)],
    confidence,
    residual: whole > 0 ? rest / whole : 1,
  }
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

/** Takes the part along a column of norm 1 out of another. */
function remove(unit: Column, from: Column): void {
  let along = 0
  for (let i = 0; i < unit.entries.length; i++) along += unit.entries[i] * from.entries[i]
  for (let i = 0; i < unit.entries.length; i++) from.entries[i] -= along * unit.entries[i]
  from.offset -= along * unit.offset
}
