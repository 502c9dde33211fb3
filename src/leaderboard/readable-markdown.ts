import { code } from '../io/text/markdown.js'
import type { Metric } from '../success/estimation/recovery-metrics.js'
import type { AtBar, ReadableRow, ReadableTable } from './readable-table.js'

/** The table for people: recall and share of H in %, each with its interval, and laws beside what they foretell. */
export function readableMarkdown({ rows, command, confidence, N }: ReadableTable): string {
  const [{ topK, omp, amp }] = rows
  return [
    '# What can be read',
    '',
    `N = ${N}, a uniform k-subset over random signs; made by ${code(`npx ${command}`)}. All in %, each with its ` +
      `${100 * confidence} % interval. Recall is at as many codewords named as are active.`,
    '',
    `- Top-k and JumpReLU: exact given the members, ${topK.trials} codes. JumpReLU's bar is that of the best F1 by ` +
      'its law, fixed or proportional to ‖X‖: recall / precision. What the fixed one reads is averaged over many ' +
      'codes, given their amplitudes alone.',
    `- OMP: run on a dictionary that reveals only what wins, ${omp.trials} codes; it is told k.`,
    `- AMP: whole dictionaries, ${amp.trials} of them. After the slash: state evolution.`,
    '- Genie: told every other amplitude; drawn, and after the slash by its law. No decoder is above it.',
    '- Soft bits are by the laws. Laws are computed by quadrature and have no sampling error.',
    '- Recall by top-k, OMP, AMP and the genie has the visibility of its amplitudes taken off as a control variate: ' +
      'those intervals are Student’s, approximate. Where all codes are read alike, and of JumpReLU, they are rigorous.',
    '',
    ...recallTable(rows),
    '',
    ...bitsTable(rows),
    '',
  ].join('\n')
}

const recallTable = (rows: readonly ReadableRow[]): string[] => [
  '## Recall',
  '',
  '| amplitudes, d, k, η | d/H | top-k | JumpReLU, fixed bar | JumpReLU, bar ∝ ‖X‖ | OMP | AMP | genie |',
  '| --- | --: | --- | --- | --- | --- | --- | --- |',
  ...rows.map((row) => {
    const { dimsPerBit, topK, fixedBar, relativeBar, omp, amp, genie, law } = row
    const cells = [
      ofRow(row),
      dimsPerBit.toFixed(2),
      cell(topK.recall),
      barCell(fixedBar),
      barCell(relativeBar),
      cell(omp.recall),
      `${cell(amp.recall)} / ${percent(law.amp)}`,
      `${cell(genie.recall)} / ${percent(law.genie)}`,
    ]
    return `| ${cells.join(' | ')} |`
  }),
]

const bitsTable = (rows: readonly ReadableRow[]): string[] => [
  '## Bits read, of H',
  '',
  '| amplitudes, d, k, η | top-k | OMP | AMP | one step, soft (law) | AMP, soft (law) |',
  '| --- | --- | --- | --- | --: | --: |',
  ...rows.map((row) => {
    const { topK, omp, amp, law } = row
    const measured = [topK, omp, amp].map(({ shareOfBits }) => cell(shareOfBits))
    return `| ${[ofRow(row), ...measured, percent(law.oneStepSoft), percent(law.ampSoft)].join(' | ')} |`
  }),
]

const ofRow = ({ amplitudes, d, k, noise }: ReadableRow): string =>
  `${amplitudes}, ${d}, ${k}, ${percent(noise).replace('.0', '')}`

const percent = (share: number): string => (100 * share).toFixed(1)
const cell = ({ value, interval: [low, high] }: Metric): string =>
  `${percent(value)} [${percent(low)}, ${percent(high)}]`
const barCell = ({ recall, precision }: AtBar): string => `${cell(recall)} / ${cell(precision)}`
