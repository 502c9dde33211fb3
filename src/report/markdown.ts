import type { Row } from '../ledger/claim.js'
import type { SuccessRate } from '../success/success.js'
import { intervalText, powerText } from './format.js'
import type { Report, VerifyReport } from './report.js'
import { checkedText, outcomeText, surenessText, tally, verdictMeaning, verdicts } from './tally.js'

/** The report as Markdown. */
export function reportMarkdown({ verify }: Report): string {
  return [
    ...verdictPart(verify),
    ...ledgerPart(verify.claims),
    ...referencePart(verify.reference.flatMap(({ conditional, simulation }) => [conditional, simulation])),
    ...runPart(verify),
  ]
    .join('\n\n')
    .concat('\n')
}

function verdictPart(verify: VerifyReport): string[] {
  const sum = tally(verify)
  const found = verdicts.filter((verdict) => sum.byVerdict[verdict] > 0)
  return [
    '# Is the theory of superposition codes true?',
    `**What was checked.** ${checkedText(sum)}`,
    `**What came out.** ${outcomeText(sum)}`,
    markdownTable(
      ['rows', 'verdict', 'means'],
      found.map((verdict) => [String(sum.byVerdict[verdict]), verdict, verdictMeaning[verdict]]),
    ),
    `**How sure it is.** ${surenessText(sum, verify)}`,
  ]
}

function ledgerPart(claims: readonly Row[]): string[] {
  return [
    '## The ledger',
    markdownTable(
      ['', 'claim', 'place', 'kind', 'statement', 'verdict', 'evidence', 'false alarm at most'],
      claims.map((row) => [
        row.passed ? '✓' : '✗',
        `\`${row.id}\``,
        row.source,
        row.kind,
        row.statement,
        row.passed ? row.verdict : `${row.verdict} (expected ${row.expected})`,
        row.evidence,
        row.alpha > 0 ? powerText(row.alpha) : 'none',
      ]),
    ),
    'Any row again: `npx dpb verify --claims <claim>`.',
  ]
}

function referencePart(rates: readonly SuccessRate[]): string[] {
  if (rates.length === 0) return []
  return [
    '## Success rates, measured',
    markdownTable(
      ['decoder', 'N', 'k', 'd', 'success rate', 'interval', 'confidence', 'trials', 'method', 'seed'],
      rates.map(({ decoder, N, k, d, successRate, interval, confidence, trials, method, seed }) => [
        decoder,
        ...[N, k, d].map(String),
        successRate.toFixed(4),
        intervalText(interval, 4),
        `${100 * confidence} %`,
        String(trials),
        method,
        seed,
      ]),
    ),
  ]
}

function runPart({ version, seed, budget, environment }: VerifyReport): string[] {
  return [
    '## How the run was made',
    `dims-per-bit ${version}, seed \`${seed}\`, Node.js ${environment.node}, ${environment.kernel} kernel. The whole run raises a false alarm with probability at most ${powerText(budget.total)}.`,
    `Again: \`npx dpb verify --seed ${seed}\`.`,
  ]
}

/** A table of Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
