import type { Preparation } from '../../codes/model/description.js'
import { append } from '../../io/append.js'
import { InputError } from '../../io/input-error.js'
import type { ContractViolation, Sampler } from '../trials/sampler.js'
import { type FaultSummary, faultSummary } from './fault-summary.js'
import { type LargestSparsity, largestSparsity, SuccessBySparsity } from './largest-sparsity.js'
import { entropyAt } from './measure-sparsity.js'
import { rateInterval } from './rate-interval.js'

/** A preparation, or `rademacher` for random signs of that size. */
export type Prepare = Preparation | 'rademacher'

/** What is sought, and how surely. @since 0.2.0 */
export interface CapacitySearch {
  /** Success rates. */
  readonly targets: readonly number[]
  /** Of every interval by itself, in (0, 1). */
  readonly confidence: number
  /** Trials at each k that decides. */
  readonly trials: number
  readonly seed: string
  readonly signal?: AbortSignal | undefined
}

/** The largest k that one decoder reads at one rate. @since 0.2.0 */
export interface CapacityRow extends LargestSparsity {
  readonly decoder: string
  readonly prepare: Prepare
  /** The success rate, in (0, 1). */
  readonly target: number
  /** d/log2 C(N, k) at that k, interpolated between whole ones; null at k = 0. */
  readonly dimsPerBit: number | null
}

/** Success against k of one decoder; with faults only where a user's decoder has some. @since 0.2.0 */
export interface CapacityCurve extends Partial<FaultSummary> {
  readonly decoder: string
  readonly prepare: Prepare
  /** Every k ≥ 1 that the search looked at, ascending. */
  readonly points: readonly {
    readonly k: number
    readonly successRate: number
    readonly interval: readonly [number, number]
    readonly trials: number
  }[]
}

/** Over which dictionary a capacity is sought. */
interface Over {
  readonly prepare: Prepare
  readonly N: number
  readonly d: number
}

/**
 * The largest k that one decoder reads at each rate over one dictionary. Throws InputError where a decoder of this
 * package, or one in this thread, breaks its contract.
 */
export async function capacityOf(
  sampler: Sampler,
  { prepare, N, d }: Over,
  search: CapacitySearch,
): Promise<{ rows: CapacityRow[]; curve: CapacityCurve }> {
  const { seed, signal } = search
  const { decoder, traits } = sampler
  const faults: ContractViolation[] = []
  const success = new SuccessBySparsity(async (k, from, trials) => {
    const run = await sampler.run({ N, k, d }, seed, from, trials, { signal })
    // Of a user's decoder nothing is known but what it does.
    if (traits && run.faults.length > 0) throw broken(decoder, run.faults[0])
    append(faults, run.faults)
    return run.values
  })
  const rows: CapacityRow[] = []
  for (const target of search.targets) {
    const found = await largestSparsity(success, { ...search, target, most: N })
    const bits = entropyAt(N, found.sparsity)
    rows.push({ decoder, prepare, target, ...found, dimsPerBit: bits > 0 ? d / bits : null })
  }
  const points = pointsOf(success, search.confidence)
  const shown =
    faults.length > 0 &&
    faultSummary(
      faults,
      points.reduce((sum, { trials }) => sum + trials, 0),
    )
  return { rows, curve: { decoder, prepare, points, ...shown } }
}

const broken = (decoder: string, { k, trial, message }: ContractViolation): InputError =>
  new InputError(`${decoder} broke its contract in trial ${trial} at k = ${k}: it ${message}`)

const pointsOf = (curve: SuccessBySparsity, confidence: number): CapacityCurve['points'] =>
  curve
    .looks()
    .filter(({ k, outcomes }) => k > 0 && outcomes.length > 0)
    .map(({ k, outcomes }) => {
      const { point, interval } = rateInterval(outcomes, confidence)
      return { k, successRate: point, interval, trials: outcomes.length }
    })
