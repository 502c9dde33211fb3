import { type Impossible, impossible } from '../success/estimation/tripwire.js'
import type { ContractViolation, Sampler } from '../success/trials/sampler.js'
import { untilFault } from '../success/trials/until-fault.js'
import type { BaselineCell, RecordedTrials } from './baseline/baseline.js'
import { type Place, placeText, shapeAt } from './place.js'

/** A recorded trial that came out otherwise. */
export interface Difference extends Place {
  readonly trial: number
  readonly recorded: number
  readonly now: number
}

/** The first tier on one cell. */
export interface Repeat {
  /** Trials run. */
  readonly trials: number
  readonly differences: readonly Difference[]
  /** Success that no decoder can have, at one of the two dimensions. */
  readonly impossible?: Impossible
  /** The first trial that broke the decoder's contract, which no recorded one did. */
  readonly fault?: ContractViolation
  /** Those of the trials to run first that were run. */
  readonly ran: readonly TrialPlace[]
  /** Values of trials 0, 1, … at the two dimensions. */
  readonly lower: ArrayLike<number>
  readonly upper: ArrayLike<number>
}

/** A recorded trial by its place. */
export interface TrialPlace {
  readonly N: number
  readonly k: number
  readonly d: number
  readonly trial: number
}

export interface RepeatOptions {
  /** Trials to run before the others; those that are not of this cell are left alone. */
  readonly first: readonly TrialPlace[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Success probabilities this close are the same: `Math.log` and its like may differ in the last bit between engines.
 */
const CLOSE = 1e-8

/** Repeat recorded trials of a cell and compare. */
export async function repeatTrials(
  sampler: Sampler,
  cell: BaselineCell,
  seed: string,
  { first, signal }: RepeatOptions,
): Promise<Repeat> {
  const { repeated, lower, upper } = cell
  const differences = new Map<string, Difference>()
  const ran: TrialPlace[] = []
  let trials = 0
  const { result, fault } = await untilFault(signal, async (stop) => {
    const run = async (side: RecordedTrials, from: number, count: number) => {
      const { d, k, values: recorded } = side
      let counted = 0
      const onTrials = (done: number) => {
        trials += done - counted
        counted = done
      }
      const { values, faults } = await sampler.run(shapeAt(cell, side), seed, from, count, {
        ...stop,
        onTrials,
      })
      faults.forEach(stop.onFault)
      for (let t = 0; t < count; t++) {
        const [trial, now] = [from + t, values[t]]
        if (!(Math.abs(now - recorded[trial]) > CLOSE)) continue
        const place = { d, ...(k !== undefined && { k }) }
        differences.set(`${trial} at ${placeText(side)}`, { ...place, trial, recorded: recorded[trial], now })
      }
      return values
    }
    for (const place of first) {
      const recorded = [lower, upper].find(
        (side) => isAt(cell, side, place) && place.trial < side.values.length,
      )
      if (!recorded) continue
      await run(recorded, place.trial, 1)
      ran.push(place)
    }
    return Promise.all([lower, upper].map((recorded) => run(recorded, 0, repeated)))
  })
  const [low, high] = result ?? [[], []]
  const tripped =
    result &&
    (impossible(sampler, shapeAt(cell, lower), low) ?? impossible(sampler, shapeAt(cell, upper), high))
  return {
    trials,
    differences: [...differences.values()],
    ran,
    lower: low,
    upper: high,
    ...(tripped && { impossible: tripped }),
    ...(fault && { fault }),
  }
}

/** Whether a trial is one of this cell, at this place. */
export function isAt(cell: BaselineCell, place: Place, { N, k, d }: Omit<TrialPlace, 'trial'>): boolean {
  const shape = shapeAt(cell, place)
  return shape.N === N && shape.k === k && shape.d === d
}

/** The first tier where no recorded trial is repeated. */
export const noRepeat: Repeat = { trials: 0, differences: [], ran: [], lower: [], upper: [] }
