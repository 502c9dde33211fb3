import { FailedCheck } from '../../io/failed-check.js'
import { InputError } from '../../io/input-error.js'
import { shareText } from '../../io/quantity-text.js'
import { impossibleText } from '../../success/estimation/tripwire.js'
import { givenUp } from '../../success/trials/given-up.js'
import type { ContractViolation } from '../../success/trials/sampler.js'
import type { Bracket } from '../bracket.js'
import { placeText } from '../place.js'
import type { BaselineCell } from './baseline.js'
import { type CellRequest, cellId } from './cells.js'
import { wholePower } from './power.js'

/** A spare cell detects its drift with at least this probability. */
const FAIR_POWER = 0.99

/** Throws for a decoder that breaks its contract, or reads nothing, in one of these trials. */
export function refuse(decoder: string, faults: readonly ContractViolation[]): void {
  if (faults.length > 0) throw givenUp(decoder, faults.slice(0, 1), `trial ${faults[0].trial}`)
}

/** The trials do not show that the dimension lies within the tolerance, or would not detect a drift. */
export class NotWorthHaving extends InputError {}

/** Throws NotWorthHaving for a cell that would not detect its drift. */
export function refuseWithoutPower({ power }: BaselineCell): void {
  const { drift, detected } = wholePower(power)
  if (detected >= FAIR_POWER) return
  throw new NotWorthHaving(
    `a drift of ${shareText(drift)} would be found with probability ${shareText(detected)}`,
  )
}

/** Throws where the bracket does not hold the dimension. */
export function refuseUnlessInside(decoder: string, shown: Bracket, request: CellRequest): void {
  if (shown.fault) refuse(decoder, [shown.fault])
  if (shown.impossible) throw new FailedCheck(impossibleText(decoder, shown.impossible))
  if (shown.verdict === 'inside') return
  const { lower, upper } = shown
  throw new NotWorthHaving(
    `${lower.trials} and ${upper.trials} trials do not show that ${decoder} passes success ½, ${cellId(request)}, ` +
      `between ${placeText(lower)} and ${placeText(upper)}; allow more trials, or a tolerance above ` +
      `${request.tolerance}`,
  )
}
