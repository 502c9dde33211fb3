import type { Command } from 'commander'
import { InputError } from '../../io/input-error.js'
import { requireFolder } from '../../io/writable.js'
import { interruptible } from '../interrupt.js'
import { print } from '../output.js'
import { withProgress } from '../progress.js'
import { type TasksOptions, taskContext, withTaskOptions } from '../task-options.js'

/** dpb figure: the paper's figures, and those that it could not draw, as SVG, CSV and JSON. */
export const figureCommand = (command: Command) =>
  withTaskOptions(command, 'figures')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb figure 2\n  dpb figure 3 5 --record trials.jsonl --out reports/figures',
    )
    .action((ids: string[], options: TasksOptions) =>
      interruptible((signal) => run(ids, options, signal), {
        records: true,
        record: options.record,
        besides: `finished figures are kept in '${options.out}': with --record FILE trials would be too`,
      }),
    )

async function run(ids: readonly string[], options: TasksOptions, signal: AbortSignal): Promise<void> {
  const { figures } = await import('../../figures/all-figures.js')
  const { figureFiles, writeFigure } = await import('../../figures/write.js')
  const makers = ids.map((id) => {
    const maker = figures.find((figure) => figure.id === id)
    if (maker) return maker
    throw new InputError(`there is no figure '${id}'; there are ${figures.map(({ id }) => id).join(', ')}`)
  })
  const context = taskContext(options, signal)
  if (!options.shard) requireFolder(options.out, ids.flatMap(figureFiles))
  const written: { id: string; files: string[]; seconds: number }[] = []
  for (const maker of makers) {
    const start = performance.now()
    const figure = await withProgress(`figure ${maker.id}`, Boolean(options.quiet), (onProgress) =>
      maker.make({ ...context, onProgress }),
    )
    const files = figure ? writeFigure(figure, options.out) : []
    written.push({ id: maker.id, files, seconds: (performance.now() - start) / 1000 })
  }
  print({ figures: written }, () => written.map(lineOf), options)
}

const lineOf = ({ id, files, seconds }: { id: string; files: readonly string[]; seconds: number }): string =>
  `figure ${id}: ${files.join(', ') || 'its part of the work is in the record'} (${seconds.toFixed(1)} s)`
