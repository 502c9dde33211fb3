import type { GateVerdict } from '../../gate/gate-report.js'
import { driftText, evidenceText, type GateRun, headline, replayText } from './gate-text.js'

const level: Readonly<Record<GateVerdict, 'notice' | 'warning' | 'error'>> = {
  unchanged: 'notice',
  equivalent: 'notice',
  improved: 'notice',
  regressed: 'error',
  inconclusive: 'warning',
}

/** A gate's run as GitHub workflow commands: an annotation of the verdict, and one for each cell that failed. */
export function githubAnnotations(run: GateRun): string[] {
  const { report, decoder } = run
  const file = /[\\/]|\.\w+$/.test(decoder) ? { file: decoder.replace(/^\.\//, '') } : {}
  const failed = report.cells.filter(({ verdict }) => level[verdict] !== 'notice')
  if (failed.length === 0) return [annotation('notice', { ...file, title: headline(report) }, run.command)]
  return failed.map((cell) => {
    const replay = replayText(run, cell) ?? run.command
    return annotation(
      level[cell.verdict],
      { ...file, title: `dims per bit ${cell.verdict}: ${cell.id}` },
      `drift ${driftText(cell)}: ${evidenceText(cell)}\nreplay: ${replay}`,
    )
  })
}

/** A workflow command, its special characters escaped as the runner asks. */
function annotation(kind: string, properties: Readonly<Record<string, string>>, message: string): string {
  const escaped = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`)
  return `::${kind} ${list.join(',')}::${escaped(message)}`
}
