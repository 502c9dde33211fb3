import { join } from 'node:path'
import type { Command } from 'commander'
import { requireFolder } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import { interruptible } from '../interrupt.js'
import { print } from '../output.js'
import { withProgress } from '../progress.js'
import { type TasksOptions, taskContext, withTaskOptions } from '../task-options.js'

/** dpb table: d50 of the paper's decoders at its N and k. */
export const tableCommand = (command: Command) =>
  withTaskOptions(command, 'reports')
    .addHelpText('after', '\nExample:\n  dpb table --record trials.jsonl')
    .action((options: TasksOptions) => interruptible((signal) => run(options, signal)))

async function run(options: TasksOptions, signal: AbortSignal): Promise<void> {
  const { d50Markdown, d50Table } = await import('../../leaderboard/d50-table.js')
  const context = taskContext(options, signal)
  if (!options.shard) requireFolder(options.out, ['d50.json', 'd50.md'])
  const table = await withProgress('d50', Boolean(options.quiet), (onProgress) =>
    d50Table({ ...context, onProgress }),
  )
  if (!table) return print({ files: [] }, () => ['its part of the work is in the record'], options)
  const texts = { json: `${JSON.stringify(table, null, 1)}\n`, md: d50Markdown(table) }
  const files = Object.entries(texts).map(([extension, text]) => {
    const path = join(options.out, `d50.${extension}`)
    writeWhole(path, text)
    return path
  })
  print({ files }, () => [...texts.md.split('\n'), files.join(', ')], options)
}
