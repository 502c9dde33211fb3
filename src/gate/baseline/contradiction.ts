import { parseActivity } from '../../codes/model/activity.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'
import { momentsOf } from '../../statistics/moments.js'
import { bitsOf, bracketEnds, driftToDetect, intervalOf, spreadOf } from '../place.js'
import type { BaselineCell, RecordedTrials } from './baseline.js'
import { cellId } from './cells.js'
import { bracketPower, doubtAt, firstTierPower } from './power.js'

/** A field that the others do not allow, and what they would. */
export interface Contradiction {
  readonly path: readonly string[]
  readonly message: string
}

/** The power of a simulation with more trials is not computed again: that takes as long as a gate. */
const RECKONED = 3000
/** Standard errors by which the mean of all trials may differ from that of the first ones. */
const FAR = 8
/** Values are kept to nine decimals. */
const ROUNDING = 1e-8

/** The first field of a baseline's cells that the other fields do not allow. */
export function contradictionAmong(
  cells: readonly BaselineCell[],
  falseAlarm: number,
  { active, dictionary }: Pick<ModelDescription, 'active' | 'dictionary'> = IDEAL,
): Contradiction | undefined {
  const given = typeof dictionary !== 'string'
  for (const [i, cell] of cells.entries()) {
    const found =
      (given === (cell.axis === 'k')
        ? undefined
        : wrong('axis', 'expected k over a file, and nowhere else')) ??
      places(cell, active) ??
      outcomes(cell) ??
      recordedEnds(cell, active) ??
      power(cell)
    if (found) return { ...found, path: ['cells', String(i), ...found.path] }
  }
  const error = cells.reduce((sum, { confidence }) => sum + 1 - confidence, 0)
  return error <= (falseAlarm / 2) * (1 + 1e-9)
    ? undefined
    : wrong('falseAlarm', `expected at least ${2 * error}, twice the error probability of the cells`)
}

const wrong = (path: string, message: string): Contradiction => ({ path: path.split('.'), message })

const close = (a: number, b: number, off = 1e-9): boolean => Math.abs(a - b) <= off * Math.max(1, Math.abs(b))

/** The problem's size, and the dimension in bits. */
function places(cell: BaselineCell, active: string): Contradiction | undefined {
  const { id, axis, dimension, dimsPerBit } = cell
  const bits = bitsOf(parseActivity(active), cell)
  const called = cellId({ ...cell, ...(axis && { d: dimension }) })
  if (id !== called) return wrong('id', `expected '${called}'`)
  if (!close(cell.entropyBits, bits))
    return wrong('entropyBits', `expected ${bits}, the bits of the active set`)
  if (!close(dimsPerBit * bits, dimension))
    return wrong('dimsPerBit', 'expected the dimension over the entropy')
  return undefined
}

/** The recorded trials: how many, of what kind, and their moments. */
function outcomes(cell: BaselineCell): Contradiction | undefined {
  const { method, repeated, lower, upper, target } = cell
  const recorded = Math.min(lower.values.length, upper.values.length)
  if (repeated > recorded) return wrong('repeated', `expected at most the ${recorded} recorded trials`)
  const whole = method === 'simulation'
  if (whole && ![lower, upper].every(({ values }) => values.every(isOutcome))) {
    return wrong('method', 'expected outcomes 0 and 1 of a simulation')
  }
  const moments = momentsOfSide('lower', lower, whole) ?? momentsOfSide('upper', upper, whole)
  if (moments) return moments
  if (!(lower.mean < target)) return wrong('lower.mean', `expected less than the target, ${target}`)
  return upper.mean > target ? undefined : wrong('upper.mean', `expected more than the target, ${target}`)
}

const isOutcome = (value: number): boolean => value === 0 || value === 1

function momentsOfSide(
  side: string,
  { values, mean, variance }: RecordedTrials,
  whole: boolean,
): Contradiction | undefined {
  const { count, mean: found, m2 } = momentsOf(values)
  const spread = m2 / Math.max(1, count - 1)
  const off = whole ? 1e-9 : FAR * Math.sqrt(Math.max(spread, variance, 1 / count) / count) + ROUNDING
  if (!close(mean, found, off))
    return wrong(`${side}.mean`, `expected about ${found}, of the recorded trials`)
  return !whole || close(variance, spread)
    ? undefined
    : wrong(`${side}.variance`, `expected ${spread}, of the recorded trials`)
}

/** The two dimensions, and the interval that they are. */
function recordedEnds(cell: BaselineCell, active: string): Contradiction | undefined {
  const { axis, tolerance, lower, upper, interval } = cell
  if (axis && [lower, upper].some(({ d }) => d !== cell.dimension))
    return wrong('dimension', 'expected that of both ends')
  const places = bracketEnds(cell, tolerance)
  const what = axis ?? 'd'
  const [low, high] = places.map((place) => place[what])
  const of = axis ? 'the sparsity' : 'the dimension'
  if (lower[what] !== low)
    return wrong(`lower.${what}`, `expected ${low}, ${of} ${axis ? 'and' : 'less'} the tolerance`)
  if (upper[what] !== high)
    return wrong(`upper.${what}`, `expected ${high}, ${of} ${axis ? 'less' : 'and'} the tolerance`)
  const wide = intervalOf(parseActivity(active), cell, places)
  return close(interval[0], wide[0]) && close(interval[1], wide[1])
    ? undefined
    : wrong('interval', `expected ${wide[0]} and ${wide[1]}, the two ends in bits`)
}

/** What the other fields make of the power; the older files lack its first tier. */
function power(cell: BaselineCell): Contradiction | undefined {
  const { method, tolerance, cap, repeated, confidence } = cell
  const spread = spreadOf(cell, tolerance)
  const drift = driftToDetect(cell, tolerance)
  if (!close(cell.power.drift, drift)) return wrong('power.drift', `expected ${drift}, of the tolerance`)
  const options = { ...cell, doubt: doubtAt(spread), alpha: 1 - confidence, drift }
  const { firstTier } = cell.power
  if (firstTier !== undefined && !close(firstTier, firstTierPower(options, repeated), 1e-6)) {
    return wrong('power.firstTier', `expected ${firstTierPower(options, repeated)}, of the repeated trials`)
  }
  if (method === 'simulation' && cap > RECKONED) return undefined
  const { detected, confirmed } = bracketPower(options)
  if (!close(cell.power.detected, detected, 1e-6)) {
    return wrong('power.detected', `expected ${detected}, of steepness, cap and confidence`)
  }
  return close(cell.power.confirmed, confirmed, 1e-6)
    ? undefined
    : wrong('power.confirmed', `expected ${confirmed}, of steepness, cap and confidence`)
}
