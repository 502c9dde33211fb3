/** What kind of statement a claim makes (the letters of the ledger). */
export type Kind = 'theorem' | 'deterministic theorem' | 'empirical' | 'conjecture' | 'arithmetic' | 'slip'

/**
 * proved: the row names a proof, and every exact check of it passed; supported: nothing found against it, at the stated
 * error probability; in part: it holds in the part that the row names, and not beyond; refuted: a counterexample or an
 * interval against it; erratum: false as printed, true as corrected; inconclusive: the row says why.
 */
export type Verdict = 'proved' | 'supported' | 'in part' | 'refuted' | 'erratum' | 'inconclusive'

/** What a check found. */
export interface Finding {
  readonly verdict: Verdict
  /** Where the statement holds, in a phrase: given with the verdict `in part`, and with no other. */
  readonly part?: string
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

/** How a reader with a pencil checks a row: its part of docs/ledger.md. Plain text, with `code` at most. */
export interface Account {
  /** For which N, k, d, p, dictionaries and subsets the sentence is said, and with what probability. */
  readonly quantifiers: string
  /** The proof in two to ten lines, or the theorem by its number; left out where the sentence is empirical. */
  readonly proof?: string
  /** What the check computes without sampling error. */
  readonly computed: string
  /** What it draws, or reads from a stored measurement, with its error rate. */
  readonly sampled: string
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
  /**
   * What the verdict rests on whose error is no part of that budget: recorded trials, trained networks, a few draws.
   */
  readonly besides?: string
  readonly account: Account
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
  /** What the verdict rests on outside of the budget. */
  readonly besides?: string
  readonly seconds: number
  /** The command that runs this row again. */
  readonly replay: string
}

/** An instance on which a statement fails. */
export class Counterexample extends Error {
  override readonly name = 'Counterexample'
}
