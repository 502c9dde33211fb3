import type { Claim, Verdict } from '../src/ledger/claim.js'
import type { LedgerEntry } from '../src/ledger/entry.js'
import { verdictMeaning, verdicts } from '../src/report/tally.js'
import { inNotation } from '../src/results/number-text.js'

/** A row with its weight in the false-alarm budget. */
export type Weighed = Claim & Pick<LedgerEntry, 'weight'>

/** Every row of the ledger, loaded. */
export const loaded = (ledger: readonly LedgerEntry[]): Promise<Weighed[]> =>
  Promise.all(ledger.map(async (entry) => ({ ...(await entry.load()), weight: entry.weight })))

/** docs/ledger.md: every row with its quantifiers, its proof, what is computed and what is sampled. */
export function ledgerDocument(ledger: readonly Weighed[]): string {
  const head = [
    '# The ledger, with its proofs',
    'Made by `npm run ledger` from the files of `properties/`; a test keeps the two the same. Each row ' +
      'is one sentence of the paper, with the verdict that `npx dpb verify` must reach, and what a ' +
      'reader needs to check it by hand.',
    `${countsText(ledger)}.`,
    'Throughout: N codewords f_i in d dimensions, F the dictionary of them, Y a k-subset, X = FY its ' +
      'code, score ⟨f_i, X⟩, H = log2 C(N, k). A Rademacher dictionary has independent fair entries ' +
      '±1/√d; F_i = √d·f_i are its signs, and S_n is a sum of n independent fair signs.',
  ]
  return [...head, ...ledger.flatMap(rowText)].join('\n\n').concat('\n')
}

/** How many rows have which verdict. */
export function countsText(ledger: readonly Claim[]): string {
  const count = (verdict: Verdict) => ledger.filter(({ expected }) => expected === verdict).length
  const found = verdicts.filter((verdict) => count(verdict) > 0)
  return `${ledger.length} rows: ${found.map((verdict) => `${count(verdict)} ${verdict}`).join(', ')}`
}

function rowText({ id, source, kind, statement, expected, besides, weight, account }: Weighed): string[] {
  const { quantifiers, proof, computed, sampled } = account
  const error = [weight > 0 && 'a share of the run’s false-alarm budget', besides].filter(Boolean)
  return [
    `## ${id}`,
    statement,
    `*${source}; ${kind}.* **${expected}**: ${verdictMeaning[expected]}.`,
    `**Quantifiers.** ${paragraphs(quantifiers)}`,
    proof === undefined ? '**No proof:** the sentence is empirical.' : `**Proof.** ${paragraphs(proof)}`,
    `**Computed.** ${paragraphs(computed)}`,
    `**Sampled.** ${paragraphs(sampled)}${error.length > 0 ? ` Error: ${error.join('; besides ')}.` : ''}`,
  ].map((text) => escaped(inNotation(text)))
}

/** Paragraphs as they are, each on one line. */
const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' '))
    .join('\n\n')

/** What Markdown would take for markup: a subscript’s underscore, an angle bracket. */
const escaped = (text: string): string => text.replace(/_/g, '\\_').replace(/</g, '&lt;')
