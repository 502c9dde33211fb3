import { entropyBits } from '../../bounds/entropy.js'
import { type Criterion, criterionText, EXACT } from '../../codes/model/criterion.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'
import { append } from '../../io/append.js'
import { requireInteger } from '../../io/arguments.js'
import { requireProbability } from '../../statistics/ranges.js'
import type { ContractViolation, Sampler } from '../trials/sampler.js'
import { type FaultSummary, faultSummary } from './fault-summary.js'
import { trialByTrial } from './judged-sampler.js'
import { type LargestSparsity, largestSparsity, SuccessBySparsity } from './largest-sparsity.js'

/** Over which dictionary the sparsity is sought, and how surely. @since 0.2.0 */
export interface MeasureSparsityOptions {
  /** Number of codewords, an integer ≥ 1. */
  readonly N: number
  /** Dimension of the dictionary, an integer ≥ 1. */
  readonly d: number
  /** The share of trials that are to meet the criterion, in (0, 1). @defaultValue `0.5` */
  readonly target?: number
  /** What one trial has to meet. @defaultValue exact recovery */
  readonly criterion?: Criterion
  /** Of the interval, in (0, 1). @defaultValue `0.99` */
  readonly confidence?: number
  /** Trials at each k that decides; more where the target needs them. @defaultValue `100` */
  readonly trials?: number
  /** Any string. @defaultValue `'1'` */
  readonly seed?: string
  /** Called with the number of k that were looked at. */
  onLook?(looks: number): void
  /** Stops the search, which then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * The largest k that a decoder reads over one dictionary: what `dpb measure --dictionary FILE --json` prints.
 *
 * @since 0.2.0
 */
export interface SparsityMeasurement extends LargestSparsity, FaultSummary {
  readonly decoder: string
  readonly N: number
  readonly d: number
  /** The share of trials that meet the criterion, in (0, 1). */
  readonly target: number
  readonly criterion: string
  readonly model: ModelDescription
  /** d/log2 C(N, k) at that k, interpolated between whole ones; null at k = 0. */
  readonly dimsPerBit: number | null
  readonly confidence: number
  readonly method: Sampler['method']
  readonly seed: string
  /** By the clock, not of the processor. */
  readonly seconds: number
}

/**
 * The largest k at which that share of trials meets the criterion. Throws RangeError for options out of range.
 *
 * @since 0.2.0
 */
export async function measureSparsity(
  sampler: Sampler,
  options: MeasureSparsityOptions,
): Promise<SparsityMeasurement> {
  const { N, d, target = 0.5, criterion = EXACT, confidence = 0.99, trials = 100, seed = '1' } = options
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  requireProbability('target', target)
  requireProbability('confidence', confidence)
  requireInteger('trials', trials, 1)
  const started = performance.now()
  const judged = trialByTrial(sampler, criterion)
  const faults: ContractViolation[] = []
  let [looks, ran] = [0, 0]
  const curve = new SuccessBySparsity(async (k, from, count) => {
    const run = await judged.run({ N, k, d }, seed, from, count, { signal: options.signal })
    append(faults, run.faults)
    ran += count
    options.onLook?.(++looks)
    return run.values
  })
  const found = await largestSparsity(curve, { target, confidence, trials, most: N })
  const bits = entropyAt(N, found.sparsity)
  return {
    decoder: sampler.decoder,
    N,
    d,
    target,
    criterion: criterionText(criterion),
    model: sampler.model ?? IDEAL,
    ...found,
    dimsPerBit: bits > 0 ? d / bits : null,
    confidence,
    method: sampler.method,
    seed,
    ...faultSummary(faults, ran),
    seconds: (performance.now() - started) / 1000,
  }
}

/** log2 C(N, k), on a line between whole k. */
export function entropyAt(N: number, k: number): number {
  const low = Math.floor(k)
  const bits = entropyBits(N, low)
  return low === k ? bits : bits + (k - low) * (entropyBits(N, low + 1) - bits)
}
