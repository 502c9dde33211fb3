import type { SensitivityReport, SensitivityRow } from '../gate/sensitivity/sensitivity.js'
import { countText } from './format.js'

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
    `${bracket.verdict}${driftText(bracket)}: ${countText(bracket.trials, 'trial')}, ${secondsText(bracket.seconds)}`,
  ]
}

const secondsText = (seconds: number) => `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`

const signed = (share: number) => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`

/** The drift of the sharp cell's dimension: what is shown, and the estimate. */
function driftText({ drift }: SensitivityRow['bracket']): string {
  if (!drift) return ''
  const { estimate, above, below } = drift
  const shown = [above !== undefined && `> ${signed(above)}`, below !== undefined && `< ${signed(below)}`]
  return ` (${[...shown.filter(Boolean), estimate !== undefined && `≈ ${signed(estimate)}`].filter(Boolean).join(', ')})`
}

/** One line that sums up. */
export function sensitivitySummary({ decoder, rows }: SensitivityReport): string {
  const count = (fate: string) => rows.filter((row) => row.fate === fate).length
  const faults = rows.filter(({ kind }) => kind === 'fault').length
  const kept = `${count('kept')} of ${countText(rows.length - faults, 'rewrite')} left alone`
  const rest = ['harmless', 'minor', 'unnoticed'].filter((fate) => count(fate) > 0)
  return `${decoder}: ${count('caught')} of ${countText(faults, 'fault')} caught${rest.map((fate) => `, ${count(fate)} ${fate}`).join('')}; ${kept}`
}

/** The tables of several decoders as Markdown. */
export const sensitivityMarkdown = (reports: readonly SensitivityReport[]): string =>
  [
    '# What notices a fault',
    '',
    'Faults of graded size and rewrites that change nothing, planted in a decoder and put to the contract check (`dpb check`) and to the gate',
    '(`dpb gate`), whose first tier repeats recorded trials and whose second asks whether the dimension has moved. Made by `dpb sensitivity`.',
    '',
    'Harmless: shown to move no dimension by more than the tolerance. Minor: neither shown to move it nor not to, and reckoned to move it by less than 2.5',
    'times the tolerance, which would have been detected with probability 0.999. Drifts are of the dimension at N = 1024, k = 16, those shown at the',
    "gate's false-alarm budget, those with ≈ estimated from the steepness of success.",
    ...reports.flatMap((report) => [
      '',
      `## ${report.decoder}`,
      '',
      `${sensitivitySummary(report)}. Seed ${report.seed}; cells: ${report.cells.map(({ id, dimension, tolerance }) => `${id}, d50 = ${dimension.toFixed(1)}, tolerance ${(100 * tolerance).toFixed(1)} %`).join('; ')}.`,
      '',
      `| ${sensitivityHead.join(' | ')} |`,
      `|${sensitivityHead.map(() => ' --- |').join('')}`,
      ...report.rows.map((row) => `| ${sensitivityCells(row).join(' | ')} |`),
    ]),
    '',
  ].join('\n')
