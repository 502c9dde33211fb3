/** What kind of statement a claim makes (the letters of the ledger). */
export type Kind = 'theorem' | 'deterministic theorem' | 'empirical' | 'conjecture' | 'arithmetic' | 'slip'

/**
 * proved: the row names a proof, and every exact check of it passed; supported: nothing found against it, at the stated
 * error probability; refuted: a counterexample or an interval against it; erratum: false as printed, true as
 * corrected; inconclusive: the row says why.
 */
export type Verdict = 'proved' | 'supported' | 'refuted' | 'erratum' | 'inconclusive'

/** What a check found. */
export interface Finding {
  readonly verdict: Verdict
  /** One phrase: how it was checked, how much of it, and how sure it is. */
  readonly evidence: string
  /** The numbers behind the phrase, with their intervals and seeds; plain JSON. */
  readonly data?: unknown
}

/** What a check is given. */
export interface Context {
  /** All randomness of a check comes from streams below this seed. */
  readonly seed: string
  /** The share of the run's false-alarm probability that this row may spend; 0 for a row without statistics. */
  readonly alpha: number
}

/** One row of the ledger: a statement of the paper and its executable check. */
export interface Claim {
  /** Fixed id: tools and reports use it. */
  readonly id: string
  /** Place in the paper. */
  readonly source: string
  readonly kind: Kind
  /** The statement in one sentence. */
  readonly statement: string
  /** The verdict that this check must reach; any other turns the row red. */
  readonly expected: Verdict
  /** Throws a Counterexample, or returns what it found. */
  check(context: Context): Finding | Promise<Finding>
}

/** A row after its check. */
export interface Row extends Finding {
  readonly id: string
  readonly source: string
  readonly kind: Kind
  readonly statement: string
  readonly expected: Verdict
  /** Whether the verdict is the expected one. */
  readonly passed: boolean
  /** Share of the false-alarm budget. */
  readonly alpha: number
  readonly seconds: number
  /** The command that runs this row again. */
  readonly replay: string
}

/** An instance on which a statement fails. */
export class Counterexample extends Error {
  override readonly name = 'Counterexample'
}
