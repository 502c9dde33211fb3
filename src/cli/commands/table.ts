import { join } from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../../io/input-error.js'
import { requireFolder } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import { type MadeTable, tables } from '../../leaderboard/tables.js'
import { interruptible } from '../interrupt.js'
import { makeApart } from '../make-apart.js'
import { print } from '../output.js'
import { withProgress } from '../progress.js'
import { type TasksOptions, taskContext, withTaskOptions } from '../task-options.js'

/** The one that is made where none is named. */
const USUAL = 'd50'

/** dpb table: d50 of the paper's decoders at its N and k, what can be read of noisy codes, or what recall costs. */
export const tableCommand = (command: Command) =>
  withTaskOptions(command, 'reports')
    .addHelpText('after', '\nExamples:\n  dpb table --record trials.jsonl\n  dpb table readable')
    .action((id: string | undefined, options: TasksOptions) =>
      interruptible((signal) => run(id ?? USUAL, options, signal), {
        records: !(id && Object.hasOwn(tables, id) && tables[id].whole),
        record: options.record,
      }),
    )

async function run(id: string, options: TasksOptions, signal: AbortSignal): Promise<void> {
  const maker = Object.hasOwn(tables, id) ? tables[id] : undefined
  if (!maker) throw new InputError(`there is no table '${id}'; there are ${Object.keys(tables).join(', ')}`)
  if (maker.whole && (options.record !== undefined || options.shard)) {
    throw new InputError(
      `--record and --shard are of dpb table ${USUAL}: ${id} takes minutes, and is made whole`,
    )
  }
  const context = taskContext(options, signal)
  if (!options.shard) requireFolder(options.out, [`${id}.json`, `${id}.md`])
  const made = await withProgress(id, Boolean(options.quiet), (onProgress) =>
    maker.whole
      ? makeApart<MadeTable>({ ...options, kind: 'table', id }, { signal, onProgress })
      : maker.make({ ...context, onProgress }),
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
