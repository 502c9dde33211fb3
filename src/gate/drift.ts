import type { BaselineCell } from './baseline/baseline.js'
import type { Bracket, BracketSide } from './bracket.js'
import type { Drift } from './gate-report.js'
import { easeAt } from './place.js'

/** What a bracket says of the drift of a cell's dimension. */
export function driftOf(cell: BaselineCell, { lower, upper }: Bracket): Drift {
  const { target, steepness } = cell
  const estimates = [lower, upper].flatMap((side) => {
    const { rate, trials } = side
    const { point } = rate
    // One outcome more and one less must not change the picture.
    if (!(point * trials > 5 && (1 - point) * trials > 5)) return []
    const logOdds = Math.log(point / (1 - point)) - Math.log(target / (1 - target))
    return [{ trials, logDrift: Math.log(easeAt(cell, side)) - logOdds / steepness }]
  })
  const weight = estimates.reduce((sum, { trials }) => sum + trials, 0)
  const logDrift = estimates.reduce((sum, { trials, logDrift }) => sum + (trials * logDrift) / weight, 0)
  const share = (side: BracketSide) => easeAt(cell, side) - 1
  const above = shownAbove(lower, upper)
  const below = shownBelow(lower, upper)
  return {
    ...(weight > 0 && { estimate: Math.expm1(logDrift) }),
    ...(above && { above: share(above) }),
    ...(below && { below: share(below) }),
  }
}

/** The side that the dimension is shown to lie above, and the one it is shown to lie below. */
const shownAbove = (lower: BracketSide, upper: BracketSide) =>
  [upper, lower].find(({ verdict }) => verdict === 'below')
const shownBelow = (lower: BracketSide, upper: BracketSide) =>
  [lower, upper].find(({ verdict }) => verdict === 'above')
