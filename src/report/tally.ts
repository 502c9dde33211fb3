import type { Row, Verdict } from '../ledger/claim.js'
import { countText, powerText } from '../results/number-text.js'
import type { VerificationReport } from '../results/report.js'

/** In the order of reports. */
export const verdicts: readonly Verdict[] = [
  'proved',
  'supported',
  'in part',
  'erratum',
  'refuted',
  'inconclusive',
]

/** What a verdict says of the statement, in a phrase. */
export const verdictMeaning: Readonly<Record<Verdict, string>> = {
  proved: 'there is a proof, and every exact check of it passed',
  supported: 'nothing was found against it, at the stated error probability',
  'in part': 'holds in the part that the row names, and not beyond',
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
  /** Decoders whose two rates at the reference point disagree. */
  readonly disagreeing: readonly string[]
  /** Decoders that the gate finds regressed, or cannot decide, each with its verdict. */
  readonly drifted: readonly string[]
  /** Rows that spend a share of the false-alarm budget. */
  readonly statistical: number
  /** Rows that rest on recorded trials, trained networks or a few draws, with a share of the budget or without. */
  readonly besides: number
  /** Rows that rest on neither. */
  readonly exact: number
}

export function tally({ claims, reference, gate }: VerificationReport): Tally {
  const count = (verdict: Verdict) => claims.filter((row) => row.verdict === verdict).length
  return {
    rows: claims.length,
    byVerdict: Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as Record<
      Verdict,
      number
    >,
    unexpected: claims.filter((row) => !row.passed),
    disagreeing: reference.filter((row) => !row.passed).map(({ decoder }) => decoder),
    drifted: gate
      .filter(({ verdict }) => verdict === 'regressed' || verdict === 'inconclusive')
      .map(({ decoder, verdict }) => `${decoder} (${verdict})`),
    statistical: claims.filter((row) => row.alpha > 0).length,
    besides: claims.filter((row) => row.besides !== undefined).length,
    exact: claims.filter((row) => row.alpha === 0 && row.besides === undefined).length,
  }
}

/** What was checked, in two sentences for a stranger. */
export const checkedText = ({ rows }: Tally): string =>
  `${countText(rows, 'statement')} of the paper “On Bitrates of Very Sparse Superposition Codes”, ` +
  'about how many dimensions a code ' +
  'needs per bit of the subset that it superposes. Each was turned into a program that tries to break it.'

/** Whether every check came out as it should. */
export const allPassed = ({ unexpected, disagreeing, drifted }: Tally): boolean =>
  unexpected.length + disagreeing.length + drifted.length === 0

/** What came out of the statements, in a sentence. */
export function outcomeText({ rows, byVerdict }: Tally): string {
  const { proved, supported, 'in part': partly, erratum, refuted, inconclusive } = byVerdict
  const parts = [
    `${proved + supported} of ${countText(rows, 'statement')} hold`,
    partly > 0 && `${partly} ${partly === 1 ? 'holds' : 'hold'} in part`,
    erratum > 0 && `${erratum} ${erratum === 1 ? 'is' : 'are'} misprinted`,
    refuted > 0 && `${refuted} ${refuted === 1 ? 'is' : 'are'} false`,
    inconclusive > 0 && `${inconclusive} ${inconclusive === 1 ? 'is' : 'are'} undecided`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

/** Whether the checks came out as this version of the project expects, in a sentence or more. */
export function expectationText(sum: Tally): string {
  if (allPassed(sum)) return 'Every check came out as expected.'
  const { unexpected, disagreeing, drifted } = sum
  const ids = unexpected.map(({ id }) => id).join(', ')
  const sentences = [
    unexpected.length > 0 && `${countText(unexpected.length, 'verdict')} not as expected: ${ids}.`,
    disagreeing.length > 0 &&
      `Real decodes disagree with the rate given the members: ${disagreeing.join(', ')}.`,
    drifted.length > 0 && `Not where its baseline is: ${drifted.join(', ')}.`,
  ]
  return sentences.filter(Boolean).join(' ')
}

/** How sure it is, in a few sentences. */
export function surenessText({ exact, statistical, besides }: Tally, { budget }: VerificationReport): string {
  const sentences = [
    `${countText(exact, 'row rests', 'rows rest')} on proofs and exact instances, without sampling error.`,
    `${countText(statistical, 'is a statistical test', 'are statistical tests')}: the whole run raises ` +
      `a false alarm with probability at most ${powerText(budget.total)}, and there are no retries.`,
    besides > 0 &&
      `${countText(besides, 'rests', 'rest')}, alone or besides, on recorded trials, trained networks ` +
        'or a few draws, whose error the row states and that number leaves out.',
  ]
  return sentences.filter(Boolean).join(' ')
}

/** With what probability a row raises a false alarm, and what that leaves out. */
export const rowAlarmText = ({ alpha, besides }: Row): string =>
  [alpha > 0 && `at most ${powerText(alpha)}`, besides].filter(Boolean).join('; besides ') || 'none: exact'

/** A verdict as a class of a style sheet. */
export const verdictClass = (verdict: Verdict): string => verdict.replace(' ', '-')

/** The part where a statement holds that holds in part, before the evidence. */
export const evidenceOf = ({ part, evidence }: Row): string =>
  part === undefined ? evidence : `holds ${part}; ${evidence}`
