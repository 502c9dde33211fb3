import { InputError } from '../io/input-error.js'
import { requireProbability } from '../statistics/ranges.js'
import type { Baseline, BaselineCell, CellPower } from './baseline/baseline.js'
import { bracketPower, doubtAt, firstTierPower, wholePower } from './baseline/power.js'
import { bracketEnds, driftToDetect, type Place, spreadOf } from './place.js'

/** What the gate asks of a cell: whether its dimension lies between two others. */
export interface DriftQuestion {
  readonly cell: BaselineCell
  readonly tolerance: number
  readonly lower: Place
  readonly upper: Place
  /** Error probability of the answer. */
  readonly alpha: number
  /** Of so many trials at either dimension. */
  power(cap: number): CellPower
}

/**
 * The questions of a baseline, with another tolerance than the recorded one if given: it widens the cells' brackets,
 * in which the recorded dimension is known to lie. Throws InputError for one finer than any cell's.
 *
 * @param repeats whether recorded trials are repeated first, as the first tier does
 */
export function questions(
  { cells }: Baseline,
  shareOf: (id: string) => number,
  tolerance?: number,
  repeats = true,
): DriftQuestion[] {
  const finest = Math.min(...cells.map((cell) => cell.tolerance))
  if (tolerance !== undefined) {
    requireProbability('tolerance', tolerance)
    if (tolerance < finest) {
      throw new InputError(
        `the baseline knows its dimensions to ±${finest}, not to ±${tolerance}; record it with that tolerance`,
      )
    }
  }
  return cells.map((cell) => {
    const asked = Math.max(tolerance ?? 0, cell.tolerance)
    const widened = asked > cell.tolerance
    const [lower, upper] = widened ? bracketEnds(cell, asked) : [cell.lower, cell.upper].map(placeOf)
    const alpha = shareOf(cell.id)
    const at = {
      doubt: doubtAt(spreadOf(cell, cell.tolerance)),
      lower: { ...lower, variance: cell.lower.variance },
      upper: { ...upper, variance: cell.upper.variance },
    }
    const drift = driftToDetect(cell, asked)
    const firstTier = repeats ? firstTierPower({ ...cell, ...at, drift }, cell.repeated) : 1
    const power = (cap: number) => {
      const second =
        !widened && cap === cell.cap ? cell.power : bracketPower({ ...cell, ...at, alpha, cap, drift })
      return wholePower({ ...second, firstTier })
    }
    return { cell, tolerance: asked, lower, upper, alpha, power }
  })
}

const placeOf = ({ d, k }: Place): Place => ({ d, ...(k !== undefined && { k }) })
