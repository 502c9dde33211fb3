import { join } from 'node:path'
import type { Command } from 'commander'
import { print } from '../output.js'

interface Options {
  from: string
  out?: string
  json?: boolean
}

/** dpb report: the page, the Markdown and the JSON of stored results. */
export const reportCommand = (command: Command) =>
  command
    .option('--from <dir>', 'folder with verify.json and what else was stored', 'reports')
    .option(
      '--out <file>',
      'the page; report.md and report.json go beside it (default: index.html in the folder)',
    )
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExamples:\n  dpb report\n  dpb report --from last-week --out page/index.html')
    .action(async ({ from, out, ...output }: Options) => {
      const { storedResults, storedVerification } = await import('../../results/stored.js')
      const { PAGE, writeReport } = await import('../../report/write-report.js')
      const files = writeReport(
        { verify: storedVerification(from), ...storedResults(from) },
        out ?? join(from, PAGE),
      )
      print({ files }, () => files, output)
    })
