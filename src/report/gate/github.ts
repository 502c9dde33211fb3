import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { GateVerdict } from '../../gate/gate-report.js'
import { workflowCommand } from '../../io/text/workflow-command.js'
import { decoderFile } from '../../success/processes/decoder-source.js'
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
  const file = fileOf(decoder)
  const failed = report.cells.filter(({ verdict }) => level[verdict] !== 'notice')
  if (failed.length === 0)
    return [workflowCommand('notice', { ...file, title: headline(report) }, run.command)]
  return failed.map((cell) => {
    const replay = replayText(run, cell) ?? run.command
    return workflowCommand(
      level[cell.verdict],
      { ...file, title: `dims per bit ${cell.verdict}: ${cell.id}` },
      `drift ${driftText(cell)}: ${evidenceText(cell)}\nreplay: ${replay}`,
    )
  })
}

/** The decoder's file, which is named from the root of the workspace; none where it is outside, or built in. */
function fileOf(
  decoder: string,
  workspace = process.env.GITHUB_WORKSPACE || process.cwd(),
): { file?: string } {
  const path = decoderFile(decoder)
  if (path === undefined) return {}
  const file = relative(workspace, resolve(path)).replaceAll(sep, '/')
  return file.startsWith('../') || isAbsolute(file) ? {} : { file }
}
