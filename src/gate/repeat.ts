import { type Impossible, impossible } from '../success/estimation/tripwire.js'
import type { ContractViolation, Sampler } from '../success/trials/sampler.js'
import { untilFault } from '../success/trials/until-fault.js'
import type { BaselineCell, RecordedTrials } from './baseline/baseline.js'

/** A recorded trial that came out otherwise. */
export interface Difference {
  readonly d: number
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
  { N, k, repeated, lower, upper }: BaselineCell,
  seed: string,
  { first, signal }: RepeatOptions,
): Promise<Repeat> {
  const differences = new Map<string, Difference>()
  const ran: TrialPlace[] = []
  let trials = 0
  const { result, fault } = await untilFault(signal, async (stop) => {
    const run = async ({ d, values: recorded }: RecordedTrials, from: number, count: number) => {
      let counted = 0
      const onTrials = (done: number) => {
        trials += done - counted
        counted = done
      }
      const { values, faults } = await sampler.run({ N, k, d }, seed, from, count, { ...stop, onTrials })
      faults.forEach(stop.onFault)
      for (let t = 0; t < count; t++) {
        const difference = { d, trial: from + t, recorded: recorded[from + t], now: values[t] }
        if (Math.abs(difference.now - difference.recorded) > CLOSE) {
          differences.set(`${difference.trial} at ${d}`, difference)
        }
      }
      return values
    }
    for (const place of first.filter((one) => one.N === N && one.k === k)) {
      const recorded = [lower, upper].find(({ d, values }) => d === place.d && place.trial < values.length)
      if (!recorded) continue
      await run(recorded, place.trial, 1)
      ran.push(place)
    }
    return Promise.all([lower, upper].map((recorded) => run(recorded, 0, repeated)))
  })
  const [low, high] = result ?? [[], []]
  const tripped =
    result &&
    (impossible(sampler, { N, k, d: lower.d }, low) ?? impossible(sampler, { N, k, d: upper.d }, high))
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

/** The first tier where no recorded trial is repeated. */
export const noRepeat: Repeat = { trials: 0, differences: [], ran: [], lower: [], upper: [] }
