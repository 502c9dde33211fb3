import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { builtInDecoders } from '../decoders/built-in.js'
import { writeWhole } from '../io/write-atomic.js'
import type { Leaderboard, MeasuredTable, Report, VerificationReport } from '../results/report.js'
import { storedFigures, storedJson } from '../results/stored.js'
import { reportHtml } from './html.js'
import { reportMarkdown } from './markdown.js'

export interface WriteReportOptions {
  /** What `dpb verify` found. */
  readonly verify: VerificationReport
  /** The page's file; report.md and report.json are written beside it. */
  readonly out: string
  /** The folder with the other stored results; that of `out` unless given. */
  readonly from?: string
}

/** Write a report as a page, as Markdown and as JSON. Returns the paths written. */
export function writeReport({ verify, out, from = dirname(out) }: WriteReportOptions): string[] {
  const folder = dirname(out)
  mkdirSync(folder, { recursive: true })
  const d50 = storedJson<MeasuredTable>(join(from, 'd50.json'))
  const leaderboard = storedJson<Leaderboard>(join(from, 'leaderboard.json'))
  const report: Report = {
    verify,
    figures: storedFigures(from),
    ...(d50 && { d50 }),
    ...(leaderboard && { leaderboard }),
    labels: Object.fromEntries(builtInDecoders.map(({ name, label }) => [name, label])),
  }
  const files = {
    [out]: reportHtml(report),
    [join(folder, 'report.md')]: reportMarkdown(report),
    [join(folder, 'report.json')]: `${JSON.stringify(report, null, 2)}\n`,
  }
  for (const [path, text] of Object.entries(files)) writeWhole(path, text)
  return Object.keys(files)
}
