import junit, { type Builder } from 'junit-report-builder'
import { visible } from '../../io/text/visible.js'
import { driftText, evidenceText, falseAlarmText, type GateRun, powerTexts, replayText } from './gate-text.js'

/** The module exports the builder itself; its types have it in `default`. */
const factory = junit as unknown as Builder

/** A gate's run as JUnit XML: a test case a cell, which fails when it has regressed or is inconclusive. */
export function gateJunit(run: GateRun): string {
  const { report, command } = run
  const { decoder, verdict, cells, seconds, notes } = report
  const builder = factory.newBuilder()
  const suite = builder
    .testSuite()
    .name(visible(`dims per bit of ${decoder}`))
    .time(seconds)
  suite.property('verdict', verdict).property('replay', visible(command))
  const power = powerTexts(report)
  cells.forEach((cell, i) => {
    const one = suite.testCase().className(visible(decoder)).name(visible(cell.id))
    const evidence = evidenceText(cell)
    if (cell.verdict === 'regressed' || cell.verdict === 'inconclusive') {
      one.failure(visible(`${cell.verdict}, drift ${driftText(cell)}: ${evidence}`), cell.verdict)
    }
    const replay = replayText(run, cell)
    one.standardOutput(
      [
        `${cell.verdict}: ${evidence}`,
        power[i],
        falseAlarmText(report),
        ...notes,
        ...(replay ? [`replay: ${replay}`] : []),
      ]
        .map(visible)
        .join('\n'),
    )
  })
  return builder.build()
}
