import { entropyBits } from '../../bounds/entropy.js'
import type { Shape } from '../../codes/trial.js'
import { stream } from '../../random/stream.js'
import type { ContractViolation, Sampler } from '../trials/sampler.js'

/** Success against the dimension, as seen by one set of trials. */
export interface SuccessCurve {
  /**
   * Independent values of all trials at dimension d > 0. A real d stands for a dimension drawn for each trial, ⌊d +
   * u⌋ for u uniform on [0, 1), whose success is that at ⌊d⌋ and ⌈d⌉ interpolated; with a window of w dimensions, ⌊d
   * − (w − 1)/2 + wu⌋.
   */
  at(d: number): Promise<Float64Array>
}

export interface CurveOptions extends Omit<Shape, 'd'> {
  readonly seed: string
  /** Trials from, …, from + trials − 1. */
  readonly from: number
  readonly trials: number
  readonly window: number
  readonly onFaults: (faults: readonly ContractViolation[]) => void
  /** Called with the values at each whole dimension, all of the same trials. */
  readonly onValues?: (shape: Shape, values: ArrayLike<number>) => void
  readonly signal: AbortSignal | undefined
}

/**
 * The same trials, and the same u, are used at every d, so that the mean moves smoothly. In dimension 0 nothing is
 * sent, and success is a guess.
 */
export function successCurve(sampler: Sampler, options: CurveOptions): SuccessCurve {
  const { N, k, seed, from, trials, window, onFaults, onValues, signal } = options
  const { uniform } = stream(seed, 'dimension', N, k, from)
  const offsets = Float64Array.from({ length: trials }, () => window * uniform() - (window - 1) / 2)
  // Trials go to the sampler in order of their offset, so that those of one dimension are next to each other.
  const order = Array.from(offsets.keys()).sort((a, b) => offsets[a] - offsets[b])
  const guess = 2 ** -entropyBits(N, k)
  return {
    async at(d) {
      const values = new Float64Array(trials)
      for (let t = 0; t < trials; ) {
        const dimension = Math.max(0, Math.floor(d + offsets[order[t]]))
        let end = t + 1
        while (end < trials && Math.max(0, Math.floor(d + offsets[order[end]])) === dimension) end++
        if (dimension === 0) for (; t < end; t++) values[order[t]] = guess
        else {
          const run = await sampler.run({ N, k, d: dimension }, seed, from + t, end - t, { signal })
          onFaults(run.faults)
          onValues?.({ N, k, d: dimension }, run.values)
          for (let i = 0; t < end; i++, t++) values[order[t]] = run.values[i]
        }
      }
      return values
    },
  }
}
