import type { CellReport, GateReport, GateVerdict } from '../../gate/gate-report.js'
import { countText, intervalText, sizeText } from '../../results/number-text.js'
import { bandText, driftText, evidenceText, falseAlarmText, powerTexts } from '../gate/gate-text.js'
import { dataTable, h, section } from './dom.js'
import { fold } from './fold.js'
import { mark } from './mark.js'
import { decoderLabel } from './names.js'

/** The decoders against their baselines: a table each, folded where nothing changed, with the tolerated band. */
export const gateSection = (reports: readonly GateReport[]): HTMLElement =>
  section(
    'gate',
    'The drift gate',
    'Whether the built-in decoders still need what was recorded of them. Recorded trials are repeated ' +
      'first; only where one comes out otherwise is the dimension tested anew.',
    reports.map((report) =>
      fold(
        `gate ${report.decoder}`,
        [
          h('h3', {}, `${decoderLabel(report.decoder)}: `, verdictElement(report.verdict)),
          h('span', { class: 'within' }, countText(report.cells.length, 'cell')),
        ],
        report.verdict !== 'unchanged',
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

const verdictElement = (verdict: GateVerdict): HTMLElement =>
  h(
    'span',
    { class: `badge ${verdict}` },
    mark(verdict === 'regressed' ? 'cross' : verdict === 'inconclusive' ? 'question' : 'check'),
    ` ${verdict}`,
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
  verdictElement(cell.verdict),
  evidenceText(cell),
]
