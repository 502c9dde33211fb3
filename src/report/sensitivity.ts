import { code, markdown, markdownTable } from '../io/text/markdown.js'
import { quoted } from '../io/text/shell.js'
import { countText, inNotation } from '../results/number-text.js'
import type { BracketTier } from '../sensitivity/examine-mutant.js'
import type { SensitivityReport, SensitivityRow } from '../sensitivity/sensitivity.js'

/** Columns of the table of what notices which fault. */
export const sensitivityHead = [
  'planted',
  'what it does',
  'outcome',
  'contract check',
  'gate, recorded trials',
  'gate, bracket test',
]

/** The cells of a row, as text. */
export function sensitivityCells({
  id,
  what,
  fate,
  caughtBy,
  check,
  repeat,
  bracket,
}: SensitivityRow): string[] {
  const faults = repeat.faults > 0 ? ', contract broken' : ''
  return [
    id,
    what,
    caughtBy === undefined ? fate : `${fate} by ${caughtBy}`,
    `${check.broken ?? 'kept'}: ${countText(check.instances, 'instance')}, ${secondsText(check.seconds)}`,
    `${repeat.changed} of ${repeat.trials} changed${faults}, ${secondsText(repeat.seconds)}`,
    bracket === undefined
      ? '–'
      : `${bracket.verdict}${driftText(bracket)}: ${countText(bracket.trials, 'trial')}, ` +
        `${secondsText(bracket.seconds)}`,
  ]
}

const secondsText = (seconds: number) => `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`

const signed = (share: number) => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`

/** The drift of the sharp cell's dimension: what is shown, and the estimate. */
function driftText({ drift }: BracketTier): string {
  if (!drift) return ''
  const { estimate, above, below } = drift
  const parts = [
    above !== undefined && `> ${signed(above)}`,
    below !== undefined && `< ${signed(below)}`,
    estimate !== undefined && `≈ ${signed(estimate)}`,
  ]
  return ` (${parts.filter(Boolean).join(', ')})`
}

const cellText = ({ id, dimension, tolerance }: SensitivityReport['cells'][number]) =>
  `${inNotation(id)}, d50 = ${dimension.toFixed(1)}, tolerance ${(100 * tolerance).toFixed(1)} %`

/** What noticed a fault, in a word, or what became of it. */
const noticed: Readonly<Record<string, string>> = {
  check: 'check',
  'gate, first tier': 'gate, tier 1',
  'gate, second tier': 'gate, tier 2',
}

/**
 * The faults in short, the decoders side by side: how far each moves d50, what notices it first, after how many
 * trials and seconds.
 */
function sensitivityShort(reports: readonly SensitivityReport[]): string {
  const [{ rows }] = reports
  const faults = rows.filter(({ kind }) => kind === 'fault')
  return markdownTable(
    ['fault', ...reports.flatMap(({ decoder }) => [`${decoder}: d50`, 'caught by', 'trials', 'time'])],
    faults.map(({ id, what }) => [
      what,
      ...reports.flatMap((report) => shortCells(report.rows.find((row) => row.id === id)!)),
    ]),
  )
}

function shortCells({ fate, caughtBy, check, bracket }: SensitivityRow): string[] {
  if (!bracket) return ['–', noticed[caughtBy!], String(check.instances), secondsText(check.seconds)]
  const { drift, verdict, trials, seconds } = bracket
  const moved = drift?.estimate ?? drift?.above ?? 0
  return [
    verdict === 'unchanged' ? '±0' : `${drift?.estimate === undefined ? '> ' : ''}${signed(moved)}`,
    caughtBy === undefined ? fate : noticed[caughtBy],
    String(trials),
    secondsText(seconds),
  ]
}

/** One line that sums up. */
export function sensitivitySummary({ decoder, rows }: SensitivityReport): string {
  const count = (fate: string) => rows.filter((row) => row.fate === fate).length
  const faults = rows.filter(({ kind }) => kind === 'fault').length
  const kept = `${count('kept')} of ${countText(rows.length - faults, 'rewrite')} left alone`
  const rest = ['harmless', 'minor', 'unnoticed'].filter((fate) => count(fate) > 0)
  return (
    `${decoder}: ${count('caught')} of ${countText(faults, 'fault')} ` +
    `caught${rest.map((fate) => `, ${count(fate)} ${fate}`).join('')}; ${kept}`
  )
}

/** The tables of several decoders as Markdown. */
export const sensitivityMarkdown = (reports: readonly SensitivityReport[]): string =>
  [
    '# What notices a fault',
    '',
    'Faults of graded size and rewrites that change nothing, planted in a decoder and put to the ' +
      'contract check (`dpb check`) and to the gate',
    '(`dpb gate`), whose first tier repeats recorded trials and whose second asks whether the ' +
      'dimension has moved. Made by',
    `${code(`npx dpb sensitivity ${reports.map(({ decoder }) => quoted(decoder)).join(' ')} --out reports`)}.`,
    '',
    'A fault that the check has caught is not put to the bracket test; a rewrite meets all tiers, the ' +
      'gate at its default tolerance of 2 %.',
    '',
    'Harmless: shown to move no dimension by more than the tolerance. Minor: neither shown to move it ' +
      'nor not to, and reckoned to move it by less than 2.5',
    'times the tolerance, which would have been detected with probability 0.999. Drifts are of the ' +
      'dimension at N = 1024, k = 16, those shown at the',
    "gate's false-alarm budget, those with ≈ estimated from the steepness of success.",
    '',
    sensitivityShort(reports),
    ...reports.flatMap((report) => [
      '',
      `## ${markdown(report.decoder)}`,
      '',
      `${markdown(sensitivitySummary(report))}. Seed ${markdown(report.seed)}; cells: ` +
        `${report.cells.map(cellText).join('; ')}.`,
      '',
      markdownTable(sensitivityHead, report.rows.map(sensitivityCells)),
    ]),
    '',
  ].join('\n')
