import type { Row, Verdict } from '../ledger/claim.js'
import { countText, powerText } from './format.js'
import type { VerifyReport } from './report.js'

/** In the order of reports. */
export const verdicts: readonly Verdict[] = ['proved', 'supported', 'erratum', 'refuted', 'inconclusive']

/** What a verdict says of the statement, in a phrase. */
export const verdictMeaning: Readonly<Record<Verdict, string>> = {
  proved: 'there is a proof, and every exact check of it passed',
  supported: 'nothing was found against it, at the stated error probability',
  erratum: 'false as printed, true as corrected',
  refuted: 'there is a counterexample or an interval against it',
  inconclusive: 'not decided; the row says why',
}

/** The ledger in numbers. */
export interface Tally {
  readonly rows: number
  readonly byVerdict: Readonly<Record<Verdict, number>>
  /** Rows whose verdict is not the expected one. */
  readonly unexpected: readonly Row[]
  /** Rows that spend a share of the false-alarm budget. */
  readonly statistical: number
}

export function tally({ claims }: VerifyReport): Tally {
  const count = (verdict: Verdict) => claims.filter((row) => row.verdict === verdict).length
  return {
    rows: claims.length,
    byVerdict: Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as Record<
      Verdict,
      number
    >,
    unexpected: claims.filter((row) => !row.passed),
    statistical: claims.filter((row) => row.alpha > 0).length,
  }
}

/** What was checked, in two sentences for a stranger. */
export const checkedText = ({ rows }: Tally): string =>
  `${countText(rows, 'statement')} of the paper “On Bitrates of Very Sparse Superposition Codes”, about how many dimensions a code ` +
  'needs per bit of the subset that it superposes. Each was turned into a program that tries to break it.'

/** What came out, in a sentence. */
export function outcomeText({ rows, unexpected }: Tally): string {
  if (unexpected.length === 0) return `All ${rows} verdicts are the expected ones.`
  return `${unexpected.length} of ${rows} verdicts ${unexpected.length === 1 ? 'is' : 'are'} not as expected: ${unexpected.map(({ id }) => id).join(', ')}.`
}

/** How sure it is, in two sentences. */
export const surenessText = ({ rows, statistical }: Tally, { budget }: VerifyReport): string =>
  `${countText(rows - statistical, 'row')} rest on proofs and exact instances, without sampling error. The other ${statistical} are ` +
  `statistical: together they raise a false alarm with probability at most ${powerText(budget.total)}, and there are no retries.`
