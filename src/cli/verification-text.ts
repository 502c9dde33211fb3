import { dimensionText, intervalText, powerText } from '../report/format.js'
import type { VerifyReport } from '../report/report.js'
import { colors, table } from './output.js'

const mark = (passed: boolean): string => (passed ? colors.green('✓') : colors.red('✗'))

/** What `dpb verify` prints: the ledger, the decoders at the reference point, and how sure it all is. */
export function verificationText({ claims, reference, budget, seed, seconds }: VerifyReport): string {
  const failed = [...claims, ...reference].filter((row) => !row.passed)
  return [
    table(
      ['', 'claim', 'place', 'verdict', 'evidence', 'false alarm'],
      claims.map((row) => [
        mark(row.passed),
        row.id,
        row.source,
        row.verdict,
        row.evidence,
        row.alpha === 0 ? 'exact' : powerText(row.alpha),
      ]),
    ),
    ...(reference.length > 0 ? ['', referenceText(reference)] : []),
    '',
    ...claims
      .filter((row) => !row.passed)
      .map((row) => `${row.id}: expected ${row.expected}; replay: ${row.replay}`),
    ...reference
      .filter((row) => !row.passed)
      .map((row) => `${row.decoder}: the rates differ; replay: ${row.replay}`),
    `${claims.length + reference.length - failed.length} passed, ${failed.length} failed`,
    `seed ${seed}; ${seconds.toFixed(0)} s; a run raises a false alarm with probability at most ${powerText(budget.total)}`,
  ].join('\n')
}

const referenceText = (rows: VerifyReport['reference']): string =>
  [
    'Dims per bit at N = 2^20, k = 28, and real decodes over real dictionaries at that dimension:',
    table(
      [
        '',
        'decoder',
        'd50',
        'interval',
        'd50/H',
        'interval',
        'rate given the members',
        'rate of real decodes',
      ],
      rows.map((row) => [
        mark(row.passed),
        row.decoder,
        dimensionText(row.dimension),
        intervalText(row.dimensionInterval, 0),
        row.dimsPerBit.toFixed(3),
        intervalText(row.interval),
        `${row.conditional.successRate.toFixed(3)} in ${intervalText(row.conditional.interval)}`,
        `${row.simulation.successRate.toFixed(3)} of ${row.simulation.trials}, in ${intervalText(row.simulation.interval)}`,
      ]),
    ),
  ].join('\n')
