import { basename, dirname, join } from 'node:path'
import { builtInDecoders } from '../decoders/built-in.js'
import { requireFolder } from '../io/writable.js'
import { writeWhole } from '../io/write-atomic.js'
import type { Report } from '../results/report.js'
import { reportHtml } from './html.js'
import { reportMarkdown } from './markdown.js'

export const PAGE = 'index.html'
const BESIDE = ['report.md', 'report.json'] as const
/** The names of a report's files. */
export const reportFiles: readonly string[] = [PAGE, ...BESIDE]

/**
 * Write a report as a page, as Markdown and as JSON. Returns the paths written: that of the page is `out`, and the
 * others are beside it.
 */
export function writeReport(results: Report, out: string): string[] {
  const labels = Object.fromEntries(builtInDecoders.map(({ name, label }) => [name, label]))
  const report: Report = { ...results, labels }
  const folder = dirname(out)
  requireFolder(folder, [basename(out), ...BESIDE])
  const files = {
    [out]: reportHtml(report),
    [join(folder, BESIDE[0])]: reportMarkdown(report),
    [join(folder, BESIDE[1])]: `${JSON.stringify(report, null, 2)}\n`,
  }
  for (const [path, text] of Object.entries(files)) writeWhole(path, text)
  return Object.keys(files)
}
