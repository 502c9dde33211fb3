import { join } from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../../io/input-error.js'
import { requireFolder } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import type { TaskContext } from '../../success/estimation/run-tasks.js'
import { interruptible } from '../interrupt.js'
import { print } from '../output.js'
import { withProgress } from '../progress.js'
import { type TasksOptions, taskContext, withTaskOptions } from '../task-options.js'

/** A table as it is written; nothing where only a shard of its work was run. */
type Made = { readonly table: object; readonly markdown: string } | undefined

/** The tables there are. */
const makers: Readonly<Record<string, (context: TaskContext) => Promise<Made>>> = {
  async d50(context) {
    const { d50Markdown, d50Table } = await import('../../leaderboard/d50-table.js')
    const table = await d50Table(context)
    return table && { table, markdown: d50Markdown(table) }
  },
  async readable(context) {
    const { readableTable } = await import('../../leaderboard/readable-table.js')
    const { readableMarkdown } = await import('../../leaderboard/readable-markdown.js')
    const table = await readableTable(context)
    return { table, markdown: readableMarkdown(table) }
  },
  async 'recall-price'(context) {
    const { recallPrices } = await import('../../leaderboard/recall-price.js')
    const { recallPriceMarkdown } = await import('../../leaderboard/recall-price-markdown.js')
    const table = await recallPrices(context)
    return { table, markdown: recallPriceMarkdown(table) }
  },
}

/** The one whose trials may be kept, and shared out. */
const RECORDED = 'd50'

/** dpb table: d50 of the paper's decoders at its N and k, what can be read of noisy codes, or what recall costs. */
export const tableCommand = (command: Command) =>
  withTaskOptions(command, 'reports')
    .addHelpText('after', '\nExamples:\n  dpb table --record trials.jsonl\n  dpb table readable')
    .action((id: string | undefined, options: TasksOptions) =>
      interruptible((signal) => run(id ?? RECORDED, options, signal), {
        records: (id ?? RECORDED) === RECORDED,
        record: options.record,
      }),
    )

async function run(id: string, options: TasksOptions, signal: AbortSignal): Promise<void> {
  const make = Object.hasOwn(makers, id) ? makers[id] : undefined
  if (!make) throw new InputError(`there is no table '${id}'; there are ${Object.keys(makers).join(', ')}`)
  if (id !== RECORDED && (options.record !== undefined || options.shard)) {
    throw new InputError(
      `--record and --shard are of dpb table ${RECORDED}: ${id} takes minutes, and is made whole`,
    )
  }
  const context = taskContext(options, signal)
  if (!options.shard) requireFolder(options.out, [`${id}.json`, `${id}.md`])
  const made = await withProgress(id, Boolean(options.quiet), (onProgress) =>
    make({ ...context, onProgress }),
  )
  if (!made) return print({ files: [] }, () => ['its part of the work is in the record'], options)
  const texts = { json: `${JSON.stringify(made.table, null, 1)}\n`, md: made.markdown }
  const files = Object.entries(texts).map(([extension, text]) => {
    const path = join(options.out, `${id}.${extension}`)
    writeWhole(path, text)
    return path
  })
  print({ files }, () => [...texts.md.split('\n'), files.join(', ')], options)
}
