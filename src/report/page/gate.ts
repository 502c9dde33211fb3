import type { CellReport, GateReport } from '../../gate/gate-report.js'
import { intervalText, sizeText } from '../../results/number-text.js'
import {
  bandText,
  driftText,
  evidenceText,
  falseAlarmText,
  powerTexts,
  verdictMark,
} from '../gate/gate-text.js'
import { dataTable, h, section } from './dom.js'

/** The decoders against their baselines: a table each, with the band that is tolerated. */
export const gateSection = (reports: readonly GateReport[]): HTMLElement =>
  section(
    'gate',
    'The drift gate',
    'Whether the built-in decoders still need what was recorded of them. Recorded trials are repeated ' +
      'first; only where one comes out otherwise is the dimension tested anew.',
    reports.map((report) =>
      h(
        'div',
        { class: 'gate' },
        h(
          'h3',
          {},
          `${report.decoder}: `,
          h('span', { class: report.verdict }, `${verdictMark[report.verdict]} ${report.verdict}`),
        ),
        dataTable(
          `The gate's cells of ${report.decoder}`,
          ['N', 'k', 'rate', 'recorded dims per bit', 'tolerated drift', 'drift', 'verdict', 'evidence'],
          report.cells.map(cellRow),
          { numeric: [0, 1, 2], stacked: true },
        ),
        h(
          'ul',
          { class: 'note' },
          [...report.notes, ...powerTexts(report), falseAlarmText(report)].map((line) => h('li', {}, line)),
        ),
      ),
    ),
  )

const cellRow = (cell: CellReport) => [
  sizeText(cell.N),
  String(cell.k),
  String(cell.target),
  h(
    'span',
    {},
    `${cell.dimsPerBit.toFixed(3)} `,
    h('small', {}, intervalText(cell.interval)),
    h('small', {}, `d = ${cell.dimension.toFixed(1)}`),
  ),
  h(
    'span',
    {},
    `${bandText(cell.tolerance)} `,
    h(
      'small',
      {},
      `d from ${((1 - cell.tolerance) * cell.dimension).toFixed(0)} to ` +
        `${((1 + cell.tolerance) * cell.dimension).toFixed(0)}`,
    ),
  ),
  driftText(cell),
  h('span', { class: cell.verdict }, `${verdictMark[cell.verdict]} ${cell.verdict}`),
  evidenceText(cell),
]
