import type { GateReport } from '../gate/gate-report.js'
import { evidenceOf, rowAlarmText } from '../report/tally.js'
import { dimensionText, inNotation, intervalText, powerText } from '../results/number-text.js'
import type { VerificationReport } from '../results/report.js'
import { colors } from './output.js'
import { table } from './text-table.js'

const mark = (passed: boolean): string => (passed ? colors.green('✓') : colors.red('✗'))

/** Whether a gate's verdict is no fault: the decoder is what it was, or better. */
export const holds = ({ verdict }: GateReport): boolean =>
  verdict === 'unchanged' || verdict === 'equivalent' || verdict === 'improved'

/** Characters of evidence in a line that no terminal wraps. */
const LONGEST = 160

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)

/**
 * The lines that `dpb verify` prints: the ledger, the decoders at the reference point, and how sure it all is.
 * Evidence is cut where output is no terminal, unless `full`.
 */
export function verificationText(
  { claims, reference, gate, budget, seed, seconds }: VerificationReport,
  full: boolean,
): string[] {
  const evidence =
    full || process.stdout.isTTY
      ? evidenceOf
      : (row: Parameters<typeof evidenceOf>[0]) => cut(evidenceOf(row))
  const checks = [...claims, ...reference].map((row) => row.passed).concat(gate.map(holds))
  const passed = checks.filter(Boolean).length
  return [
    ...table(
      ['', 'claim', 'place', 'verdict', 'false alarm', 'evidence'],
      claims.map((row) => [
        mark(row.passed),
        row.id,
        row.source,
        row.verdict,
        rowAlarmText(row),
        evidence(row),
      ]),
    ),
    ...(reference.length > 0 ? ['', ...referenceText(reference)] : []),
    ...(gate.length > 0 ? ['', ...gateText(gate)] : []),
    '',
    ...claims
      .filter((row) => !row.passed)
      .map((row) => `${row.id}: expected ${row.expected}; replay: ${row.replay}`),
    ...reference
      .filter((row) => !row.passed)
      .map((row) => `${row.decoder}: the rates differ; replay: ${row.replay}`),
    `${passed} passed, ${checks.length - passed} failed`,
    `seed ${seed}; ${seconds.toFixed(0)} s; a run raises a false alarm with probability at most ` +
      `${powerText(budget.total)}`,
  ]
}

const referenceText = (rows: VerificationReport['reference']): string[] => [
  'Dims per bit at N = 2²⁰, k = 28, and real decodes over real dictionaries at that dimension:',
  ...table(
    ['', 'decoder', 'd50', 'interval', 'd50/H', 'interval', 'rate given the members', 'rate of real decodes'],
    rows.map((row) => [
      mark(row.passed),
      row.decoder,
      dimensionText(row.dimension),
      intervalText(row.dimensionInterval, 0),
      row.dimsPerBit.toFixed(3),
      intervalText(row.interval),
      `${row.conditional.successRate.toFixed(3)} in ${intervalText(row.conditional.interval)}`,
      `${row.simulation.successRate.toFixed(3)} of ${row.simulation.trials}, in ` +
        `${intervalText(row.simulation.interval)}`,
    ]),
  ),
]

const gateText = (reports: VerificationReport['gate']): string[] => [
  'Built-in decoders against their baselines in reports/baselines:',
  ...table(
    ['', 'decoder', 'verdict', 'cell', 'd50/H', 'trials repeated'],
    reports.flatMap((report) =>
      report.cells.map((cell, i) => [
        i === 0 ? mark(holds(report)) : '',
        i === 0 ? report.decoder : '',
        cell.verdict,
        inNotation(cell.id),
        cell.dimsPerBit.toFixed(3),
        String(cell.repeated),
      ]),
    ),
  ),
]
