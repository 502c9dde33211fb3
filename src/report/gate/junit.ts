import junit, { type Builder } from 'junit-report-builder'
import { driftText, evidenceText, falseAlarmText, type GateRun, powerTexts, replayText } from './gate-text.js'

/** The module exports the builder itself; its types have it in `default`. */
const factory = junit as unknown as Builder

/** A gate's run as JUnit XML: a test case a cell, which fails when it has regressed or is inconclusive. */
export function gateJunit(run: GateRun): string {
  const { report, command } = run
  const { decoder, verdict, cells, seconds, notes } = report
  const builder = factory.newBuilder()
  const suite = builder.testSuite().name(`dims per bit of ${decoder}`).time(seconds)
  suite.property('verdict', verdict).property('replay', command)
  const power = powerTexts(report)
  cells.forEach((cell, i) => {
    const one = suite.testCase().className(decoder).name(cell.id)
    const evidence = evidenceText(cell)
    if (cell.verdict === 'regressed' || cell.verdict === 'inconclusive') {
      one.failure(`${cell.verdict}, drift ${driftText(cell)}: ${evidence}`, cell.verdict)
    }
    const replay = replayText(run, cell)
    one.standardOutput(
      [
        `${cell.verdict}: ${evidence}`,
        power[i],
        falseAlarmText(report),
        ...notes,
        ...(replay ? [`replay: ${replay}`] : []),
      ].join('\n'),
    )
  })
  return builder.build()
}
