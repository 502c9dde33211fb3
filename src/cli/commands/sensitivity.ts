import { join } from 'node:path'
import type { Command } from 'commander'
import { requireFolder } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import {
  sensitivityCells,
  sensitivityHead,
  sensitivityMarkdown,
  sensitivitySummary,
} from '../../report/sensitivity.js'
import { plantedIn, type SensitivityReport, sensitivity } from '../../sensitivity/sensitivity.js'
import { endable } from '../interrupt.js'
import { MANY, type TimeLimits, withTimeLimits } from '../limit-options.js'
import { parseFraction, parseWorkers } from '../numbers.js'
import { type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { type QueueOption, queueOf, withQueueOption } from '../queue-option.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions, TimeLimits, QueueOption {
  seed: string
  tolerance: number
  faults?: string
  out?: string
}

/**
 * dpb sensitivity: which faults the check and the gate notice. Exits 1 when a fault goes unnoticed or a rewrite is
 * blamed.
 */
export const sensitivityCommand = (command: Command) =>
  withQueueOption(withTimeLimits(command))
    .option('--faults <ids>', 'comma-separated faults and rewrites (default: all)')
    .option('--tolerance <share>', 'drift that the gate tolerates where it is sharpest', parseFraction, 0.008)
    .option('--seed <seed>', 'any string', '1')
    .option('--workers <n>', `threads ${MANY}`, parseWorkers)
    .option('--out <dir>', 'also write sensitivity.json and sensitivity.md there')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb sensitivity top-k\n  dpb sensitivity ./my-decoder.mjs --faults drops-3,16-bit-index',
    )
    .action((decoders: string[], options: Options) => {
      const path = options.out === undefined ? '' : join(options.out, 'sensitivity.json')
      const text = `finished decoders are kept in '${path}': --faults runs some of them`
      const otherwise = 'nothing is kept, and nothing was written: --faults runs some of them'
      return endable(() => run(decoders, options), otherwise, { paths: [path], text })
    })

async function run(decoders: string[], options: Options): Promise<void> {
  const { seed, tolerance, workers, timeLimit, startupLimit, quiet, out } = options
  const queue = queueOf(options)
  const only = options.faults?.split(',').map((id) => id.trim())
  for (const decoder of decoders) plantedIn(decoder, only)
  if (out !== undefined) requireFolder(out, ['sensitivity.json', 'sensitivity.md'])
  const reports: SensitivityReport[] = []
  for (const decoder of decoders) {
    reports.push(
      await withProgress(`faults in ${decoder}`, Boolean(quiet), (onProgress) =>
        sensitivity(decoder, {
          seed,
          tolerance,
          only,
          ...(timeLimit && { timeLimit }),
          ...(startupLimit && { startupLimit }),
          ...(workers && { workers }),
          ...queue,
          onProgress,
        }),
      ),
    )
    // What is finished is kept, whatever becomes of the next one.
    if (out !== undefined) {
      writeWhole(join(out, 'sensitivity.json'), `${JSON.stringify({ reports }, null, 1)}\n`)
      writeWhole(join(out, 'sensitivity.md'), sensitivityMarkdown(reports))
    }
  }
  const rows = reports.flatMap((report) => report.rows)
  print(
    { reports },
    () =>
      reports.flatMap((report, i) => [
        ...(i > 0 ? [''] : []),
        ...table(sensitivityHead, report.rows.map(sensitivityCells)),
        sensitivitySummary(report),
      ]),
    options,
  )
  if (rows.some(({ fate }) => fate === 'unnoticed' || fate === 'blamed')) process.exitCode = 1
}
