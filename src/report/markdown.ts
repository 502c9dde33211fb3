import type { GateReport } from '../gate/gate-report.js'
import { code, codeCell, markdown, markdownTable } from '../io/text/markdown.js'
import { quoted } from '../io/text/shell.js'
import type { Row } from '../ledger/claim.js'
import type { Figure } from '../results/figure.js'
import { figureCall } from '../results/figure-command.js'
import { inNotation, intervalText, powerText } from '../results/number-text.js'
import type { Leaderboard, ReferenceRow, Report, VerificationReport } from '../results/report.js'
import type { SuccessRate } from '../success/estimation/success-rate.js'
import { bandText, driftText, evidenceText, verdictMark } from './gate/gate-text.js'
import { boardsBySize, leaderboardCells, leaderboardColumns, leaderboardNote } from './leaderboard.js'
import {
  checkedText,
  evidenceOf,
  expectationText,
  outcomeText,
  rowAlarmText,
  surenessText,
  tally,
  verdictMeaning,
  verdicts,
} from './tally.js'

/** The report as Markdown. */
export function reportMarkdown({ verify, figures, leaderboard }: Report): string {
  return [
    ...verdictPart(verify),
    ...ledgerPart(verify.claims),
    ...referencePart(verify.reference),
    ...leaderboardPart(leaderboard),
    ...gatePart(verify.gate),
    ...figuresPart(figures),
    ...runPart(verify),
  ]
    .join('\n\n')
    .concat('\n')
}

function verdictPart(verify: VerificationReport): string[] {
  const sum = tally(verify)
  const found = verdicts.filter((verdict) => sum.byVerdict[verdict] > 0)
  return [
    '# Is the theory of superposition codes true?',
    `**What was checked.** ${checkedText(sum)}`,
    `**What came out.** ${outcomeText(sum)} ${markdown(expectationText(sum))}`,
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
      ['', 'claim', 'place', 'kind', 'statement', 'verdict', 'evidence', 'false alarm'],
      claims.map((row) => [
        row.passed ? '✓' : '✗',
        codeCell(row.id),
        row.source,
        row.kind,
        row.statement,
        row.passed ? row.verdict : `${row.verdict} (expected ${row.expected})`,
        evidenceOf(row),
        rowAlarmText(row),
      ]),
    ),
    'Any row again: `npx dpb verify --claims <claim>`.',
  ]
}

function referencePart(rows: readonly ReferenceRow[]): string[] {
  if (rows.length === 0) return []
  return [
    '## What a bit costs',
    markdownTable(
      [
        '',
        'decoder',
        'N',
        'k',
        'd at even odds',
        'dims per bit',
        'rate given the members',
        'rate of real decodes',
        'again',
      ],
      rows.map(
        ({
          passed,
          decoder,
          N,
          k,
          dimension,
          dimensionInterval,
          dimsPerBit,
          interval,
          conditional,
          simulation,
          replay,
        }) => [
          passed ? '✓' : '✗',
          decoder,
          String(N),
          String(k),
          `${dimension.toFixed(1)} ${intervalText(dimensionInterval, 1)}`,
          `${dimsPerBit.toFixed(3)} ${intervalText(interval)}`,
          rateText(conditional),
          rateText(simulation),
          codeCell(replay),
        ],
      ),
    ),
    `The first two intervals hold with ${100 * rows[0].confidence} %. The two rates are at the same ` +
      'dimension: the second is of whole decodes over dictionaries of all N codewords.',
  ]
}

const rateText = ({ d, successRate, interval, trials }: SuccessRate): string =>
  `${successRate.toFixed(3)} ${intervalText(interval)} at d = ${d}, ${trials} trials`

function leaderboardPart(board?: Leaderboard): string[] {
  return board ? ['## Who pays least', ...leaderboardMarkdown(board)] : []
}

/** The board in paragraphs: a table for each size, and the decoders that have no row with the reason. */
export const leaderboardMarkdown = (board: Leaderboard): string[] => [
  `${leaderboardNote(board)} Again: ${code(`npx ${board.command}`)}.`,
  ...boardsBySize(board).flatMap(({ title, rows, unreached }) => [
    `### ${title}`,
    ...(rows.length > 0 ? [markdownTable(leaderboardColumns, rows.map(leaderboardCells))] : []),
    ...(unreached.length > 0
      ? [
          unreached
            .map(({ decoder, reason }) => `* no row for ${markdown(decoder)}: ${markdown(reason)}`)
            .join('\n'),
        ]
      : []),
  ]),
]

function gatePart(reports: readonly GateReport[] = []): string[] {
  if (reports.length === 0) return []
  const rows = reports.flatMap(({ decoder, cells }) =>
    cells.map((cell) => [
      verdictMark[cell.verdict],
      decoder,
      inNotation(cell.id),
      `${cell.dimsPerBit.toFixed(3)} ${intervalText(cell.interval)}`,
      bandText(cell.tolerance),
      driftText(cell),
      cell.verdict,
      evidenceText(cell),
    ]),
  )
  return [
    '## The drift gate',
    markdownTable(
      ['', 'decoder', 'cell', 'recorded dims per bit', 'tolerated drift', 'drift', 'verdict', 'evidence'],
      rows,
    ),
  ]
}

function figuresPart(figures: readonly Figure[] = []): string[] {
  if (figures.length === 0) return []
  return [
    '## Figures',
    ...figures.flatMap(({ id, title, caption, command }) => [
      `### ${markdown(inNotation(title))}`,
      `![${markdown(title).replace(/[[\]]/g, '\\$&')}](figures/figure-${id}.svg)`,
      `${markdown(inNotation(caption))} Again: ${code(figureCall({ command }))}.`,
    ]),
  ]
}

function runPart({ version, seed, budget, environment }: VerificationReport): string[] {
  return [
    '## How the run was made',
    `dims-per-bit ${markdown(version)}, seed ${code(seed)}, Node.js ${markdown(environment.node)}, ` +
      `${markdown(environment.kernel)} kernel. The whole run raises a false alarm with probability at ` +
      `most ${powerText(budget.total)}.`,
    `Again: ${code(`npx dpb verify --seed ${quoted(seed)}`)}.`,
  ]
}
