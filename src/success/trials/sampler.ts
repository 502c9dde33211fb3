import type { ModelDescription } from '../../codes/model/description.js'
import type { Shape } from '../../codes/trial.js'
import type { Traits } from '../../decoders/decoder.js'
import type { RecoveryCounts } from './recovery.js'
import type { Told } from './told.js'

/**
 * How a success probability is found: by whole decodes, or given the members by conditional Monte Carlo
 * (`conditionalSampler` has the theory).
 */
export type Method = 'simulation' | 'conditional'

/**
 * What becomes of a codeword outside of the subset that ties with a member: the lowest index wins, or every tie is a
 * failure, which the conditional method alone can tell.
 */
export type Ties = 'lowest-index' | 'strict'

/** How a decoder can break its contract on one trial. A wrong subset breaks nothing. */
export type ViolationKind =
  | 'hang'
  | 'throw'
  | 'crash'
  | 'not-a-list'
  | 'wrong-size'
  | 'not-an-integer'
  | 'out-of-range'
  | 'duplicate'
  | 'changed-input'
  | 'two-answers'
  /** Its scores or amplitudes are not as many finite numbers as there should be. */
  | 'not-numbers'
  /** It says that it cannot read problems of this shape: that breaks nothing, but reads nothing. */
  | 'refused'

/** What a decoder did wrong, in one line. */
export interface Violation {
  readonly kind: ViolationKind
  readonly message: string
  /** The whole of what it said, where the line is only a part. */
  readonly detail?: string | undefined
}

/** A violation and what replays it: the problem's shape, the run's seed and the trial's number. */
export interface ContractViolation extends Violation, Shape {
  readonly seed: string
  readonly trial: number
}

/** The outcome of trials `from`, …, `from + values.length − 1` at one shape. */
export interface TrialValues {
  /** Per trial in [0, 1]: 1 or 0 by simulation, P(success | members) by the conditional method. */
  readonly values: ArrayLike<number>
  /** Where they were asked for: what the answers recovered. */
  readonly counts?: RecoveryCounts
  /** By trial, at most one a trial; such a trial has value 0. */
  readonly faults: readonly ContractViolation[]
}

export interface RunOptions {
  /** Whether to count what answers recover, trial by trial. @defaultValue `false` */
  readonly counts?: boolean | undefined
  /** Called now and then with the number of trials done so far. */
  onTrials?(done: number): void
  /** Called with every violation as it is found, in any order. */
  onFault?(fault: ContractViolation): void
  /** Called with what an answer says beside its list, in any order, by a sampler that `tells`. */
  onTold?(trial: number, told: Told): void
  /** Called with the outcome of trials from `from` on, in any order, by a sampler that reports its parts. */
  onPart?(from: number, part: TrialValues): void
  /** Stops the run, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * A source of trial values for one decoder by one method. The value of a trial depends on (shape, seed, trial) alone,
 * whatever the number of workers or the order; trials with the same seed and number share their randomness across d.
 *
 * @since 0.1.0
 */
export interface Sampler {
  /** The decoder's name. */
  readonly decoder: string
  /** What is known of the decoder; nothing of a user's. */
  readonly traits?: Traits
  /** Whether it may answer with more or fewer than k indices. */
  readonly sizeVaries?: boolean | undefined
  /**
   * What computes the values beside the seed: of a user's decoder a hash of the modules that it has loaded so far, of
   * a built-in one the version of this package and of its kernels. Results of another revision are not taken for its
   * own.
   */
  revision?(): string
  readonly method: Method
  /** What trials are drawn from, and have to meet once they are judged. @defaultValue the paper's */
  readonly model?: ModelDescription
  /** What becomes of ties. @defaultValue `'lowest-index'` */
  readonly ties?: Ties
  /** Whether its runs tell what answers say beside their lists. */
  readonly tells?: boolean
  /** Whether its runs report their parts as they come: other machines run them, and many at a time. */
  readonly reportsParts?: boolean
  /** Processor time that processes of its own have had so far, seconds; none where its trials run in this process. */
  workedSeconds?(): number
  /** Throws RangeError for a shape that is none, or that does not fit in memory. */
  run(shape: Shape, seed: string, from: number, trials: number, options?: RunOptions): Promise<TrialValues>
  /** Ends its threads and processes. */
  close(): Promise<void>
}
