import type { BudgetRow } from '../statistics/alpha-budget.js'
import type { Estimate } from '../statistics/estimate.js'
import type { RateVerdict } from '../statistics/rate-rule.js'
import type { Impossible } from '../success/estimation/tripwire.js'
import type { ContractViolation, Method } from '../success/trials/sampler.js'
import type { CellPower } from './baseline/baseline.js'
import type { Place } from './place.js'
import type { Difference, TrialPlace } from './repeat.js'

/**
 * `unchanged`: the recorded outcomes were reproduced. `equivalent`: the dimension lies within the tolerance;
 * `improved`, `regressed`: below it, above it. `inconclusive`: the trials allowed do not say.
 */
export type GateVerdict = 'unchanged' | 'equivalent' | 'improved' | 'regressed' | 'inconclusive'

/** Success at one place of a bracket. */
export interface SideReport extends Place {
  /** Of the success probability against the target. */
  readonly verdict: RateVerdict
  readonly trials: number
  readonly rate: Estimate
  /** Trials that were recorded too, and those of them that now succeed, or fail, and did not before. */
  readonly paired: { readonly trials: number; readonly gains: number; readonly losses: number }
}

/** The drift of a dimension, or of d/k over a given dictionary, as a share of the recorded one. */
export interface Drift {
  /**
   * From the success at the bracket and the recorded steepness: approximate. Undefined where there is too little of
   * either outcome.
   */
  readonly estimate?: number
  /** What is shown, with the cell's false-alarm probability: it lies above the first, and below the second. */
  readonly above?: number
  readonly below?: number
}

export interface CellReport {
  readonly id: string
  readonly method: Method
  /** Over a given dictionary: it is the sparsity that is sought. */
  readonly axis?: 'k' | undefined
  readonly N: number
  /** Over a given dictionary the recorded decoder's, between whole numbers. */
  readonly k: number
  readonly target: number
  readonly verdict: GateVerdict
  /** Of the recorded decoder. */
  readonly dimension: number
  readonly dimsPerBit: number
  readonly interval: readonly [number, number]
  readonly tolerance: number
  /** Most trials at either dimension. */
  readonly cap: number
  /** The first tier: trials repeated, and how many of them came out otherwise. */
  readonly repeated: number
  readonly changed: number
  /** The first few of the changed trials, those that failed before all others. */
  readonly changedTrials: readonly Difference[]
  /** The second tier, where it ran: success at the two dimensions. */
  readonly lower?: SideReport
  readonly upper?: SideReport
  readonly drift?: Drift
  /** A trial that broke the decoder's contract: a regression without any statistics. */
  readonly fault?: ContractViolation
  /** Success that no decoder can have: a regression by itself. */
  readonly impossible?: Impossible
  /** Before: with all the trials allowed. */
  readonly power: CellPower
  /** After: with the trials that the second tier took. */
  readonly powerUsed?: CellPower
}

export interface GateReport {
  readonly verdict: GateVerdict
  readonly decoder: string
  readonly cells: readonly CellReport[]
  /** Total: of the recording and this run. Rows: this run's half, by cell; spent where the second tier ran. */
  readonly falseAlarm: { readonly total: number; readonly run: number; readonly cells: readonly BudgetRow[] }
  /** What the gate detects: the cells' power. */
  readonly power: readonly (CellPower & { readonly cell: string; readonly trials: number })[]
  /** Those of the trials that were to be repeated first which failed again. */
  readonly failedAgain: readonly TrialPlace[]
  /** Those of them that were run and succeeded. */
  readonly passedAgain: readonly TrialPlace[]
  /** What the reader must know: another engine, another tolerance than recorded. One line each. */
  readonly notes: readonly string[]
  readonly seconds: number
}
