import type { Shape } from '../codes/trial.js'

/** How a success probability is found: by whole decodes, or exactly given the members (theory of the estimator: conditional.ts). */
export type Method = 'simulation' | 'conditional'

/** What a decoder did wrong on one trial, beside answering with another subset. */
export interface Fault extends Shape {
  readonly kind:
    | 'hang'
    | 'throw'
    | 'crash'
    | 'wrong-size'
    | 'not-an-integer'
    | 'out-of-range'
    | 'duplicate'
    | 'changed-input'
    | 'two-answers'
  /** One line: what happened. */
  readonly message: string
  /** What replays it: the run's seed and the trial's number. */
  readonly seed: string
  readonly trial: number
}

/** The outcome of trials `from`, …, `from + values.length − 1` at one shape. */
export interface TrialValues {
  /** Per trial in [0, 1]: 1 or 0 by simulation, P(success | members) by the conditional method. */
  readonly values: ArrayLike<number>
  readonly faults: readonly Fault[]
}

/**
 * A source of trial values for one decoder by one method. The value of a trial depends on (shape, seed, trial) alone, whatever
 * the number of workers or the order; trials with the same seed and number share their randomness across d.
 */
export interface Sampler {
  readonly decoder: string
  readonly method: Method
  run(shape: Shape, seed: string, from: number, trials: number): Promise<TrialValues>
  close(): Promise<void>
}
