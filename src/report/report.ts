import type { Row } from '../ledger/claim.js'
import type { BudgetRow } from '../statistics/alpha-budget.js'
import type { SuccessRate } from '../success/success.js'

/** What `dpb verify` found: reports/verify.json. */
export interface VerifyReport {
  /** Of this package. */
  readonly version: string
  readonly seed: string
  /** The false-alarm probability of the whole run, and how it was split. */
  readonly budget: { readonly total: number; readonly rows: readonly BudgetRow[] }
  readonly claims: readonly Row[]
  /** Success rates at a few fixed points. */
  readonly reference?: readonly SuccessRate[]
  readonly environment: { readonly node: string; readonly kernel: string }
}

/** Everything a report shows. Its JSON is reports/report.json. */
export interface Report {
  readonly verify: VerifyReport
}
