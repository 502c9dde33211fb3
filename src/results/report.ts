import type { GateReport } from '../gate/gate-report.js'
import type { Row } from '../ledger/claim.js'
import type { BudgetRow } from '../statistics/alpha-budget.js'
import type { Measurement } from '../success/estimation/measure-dimension.js'
import type { SuccessRate } from '../success/estimation/success-rate.js'
import type { Method } from '../success/trials/sampler.js'
import type { Figure } from './figure.js'

/** What a decoder needs at one size: a dimension and its dims per bit, with their intervals. */
type MeasuredDimension = Pick<
  Measurement,
  'decoder' | 'N' | 'k' | 'dimension' | 'dimensionInterval' | 'dimsPerBit' | 'interval'
>

/** A decoder's dims per bit at the reference point, and real decodes over real dictionaries at that dimension. */
export interface ReferenceRow extends MeasuredDimension {
  /** Of both intervals; the dimension of even odds is computed given the members. */
  readonly confidence: number
  /** The rate computed given the members at the dimension, a whole one, of the decodes. */
  readonly conditional: SuccessRate
  /** The share of decodes, over dictionaries of all N codewords, that found the subset. */
  readonly simulation: SuccessRate
  /** Whether the two rates' intervals, which together miss with probability at most the row's share, meet. */
  readonly passed: boolean
  readonly alpha: number
  readonly seconds: number
  /** The command that runs the decodes again. */
  readonly replay: string
}

/** What `dpb verify` found: reports/verify.json. */
export interface VerificationReport {
  /** Of this package. */
  readonly version: string
  readonly seed: string
  /** The false-alarm probability of the whole run, and how it was split. */
  readonly budget: { readonly total: number; readonly rows: readonly BudgetRow[] }
  readonly claims: readonly Row[]
  /** The paper's decoders at N = 2^20, k = 28; empty where only claims were asked for. */
  readonly reference: readonly ReferenceRow[]
  /** The built-in decoders against their baselines; empty where only claims were asked for. */
  readonly gate: readonly GateReport[]
  readonly environment: { readonly node: string; readonly kernel: string }
  readonly seconds: number
}

/** Measured dimensions of even odds, as in reports/d50.json. */
export interface MeasuredTable {
  /** The call that remakes it. */
  readonly command: string
  readonly seed: string
  /** Of every interval in it, each by itself. */
  readonly confidence: number
  readonly rows: readonly (MeasuredDimension & Pick<Measurement, 'trials'>)[]
}

/** One decoder at one size, its dimension d50. */
export interface LeaderboardRow extends MeasuredDimension {
  readonly method: Method
  readonly trials: number
  /** d99 and its interval; null where none was found, or it would have taken longer than the budget. */
  readonly reliable: Pick<Measurement, 'dimension' | 'dimensionInterval'> | null
  /** Of one core, at d50: mean of eight decodes or more. */
  readonly msPerDecode: number
  /** What the plan says its dimension should follow; null where it has no law for it. */
  readonly law: { readonly id: string; readonly dimension: number } | null
  /** d50 over the counting bound. */
  readonly timesBound: number
}

/** A decoder that has no row at one size. */
export interface Unreached {
  readonly decoder: string
  readonly N: number
  readonly k: number
  readonly reason: string
}

/** What is committed as reports/leaderboard.json. */
export interface Leaderboard {
  readonly command: string
  readonly seed: string
  readonly confidence: number
  readonly rows: readonly LeaderboardRow[]
  readonly unreached: readonly Unreached[]
}

/** Everything a report shows. Its JSON is reports/report.json. */
export interface Report {
  readonly verify: VerificationReport
  readonly figures?: readonly Figure[]
  readonly d50?: MeasuredTable
  /** Decoders against each other: reports/leaderboard.json. */
  readonly leaderboard?: Leaderboard
  /** The built-in decoders' names where space is short. */
  readonly labels?: Readonly<Record<string, string>>
}
