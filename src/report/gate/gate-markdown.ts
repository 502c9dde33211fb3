import { code, markdown, markdownTable } from '../../io/text/markdown.js'
import {
  falseAlarmText,
  type GateRun,
  gateCells,
  gateColumns,
  headline,
  powerTexts,
  replayText,
  verdictMark,
} from './gate-text.js'

/** A gate's run as a pull-request comment or a job summary: one table, what replays it, and its power folded away. */
export function gateMarkdown(run: GateRun): string {
  const { report, command } = run
  const { verdict, cells, notes, seconds } = report
  const replays = cells.flatMap((cell) => replayText(run, cell) ?? [])
  return [
    `### ${verdictMark[verdict]} ${markdown(headline(report))}`,
    markdownTable(gateColumns, cells.map(gateCells)),
    ...notes.map(markdown),
    `Again: ${code(command)} (${seconds.toFixed(1)} ` +
      `s).${replays.map((one) => ` A changed trial: ${code(one)}.`).join('')}`,
    [
      '<details><summary>How sure this is</summary>',
      [falseAlarmText(report), ...powerTexts(report)].map((line) => `- ${markdown(line)}`).join('\n'),
      '</details>',
    ].join('\n\n'),
  ]
    .join('\n\n')
    .concat('\n')
}
