import { join } from 'node:path'
import type { Command } from 'commander'
import type { FigureMaker } from '../../figures/figure-maker.js'
import { InputError } from '../../io/input-error.js'
import { warn } from '../../io/text/terminal.js'
import { requireFolder } from '../../io/writable.js'
import type { Figure } from '../../results/figure.js'
import { interruptible } from '../interrupt.js'
import { makeApart } from '../make-apart.js'
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
    .action(async (ids: string[], options: TasksOptions) => {
      const makers = await makersOf(ids)
      const { record, shard, out } = options
      const whole = makers.every((maker) => maker.whole)
      if (whole && (record !== undefined || shard)) {
        throw new InputError(`--record and --shard are of other figures: ${ids.join(', ')} is made whole`)
      }
      const more = whole ? '' : ': with --record FILE trials would be too'
      const { figureFiles } = await import('../../figures/write.js')
      const paths = makers.flatMap(({ id }) => figureFiles(id)).map((file) => join(out, file))
      const besides = { paths, text: `finished figures are kept in '${out}'${more}` }
      await interruptible((signal) => run(makers, options, signal), { records: !whole, record, besides })
    })

async function makersOf(ids: readonly string[]): Promise<FigureMaker[]> {
  const { figures } = await import('../../figures/all-figures.js')
  return ids.map((id) => {
    const maker = figures.find((figure) => figure.id === id)
    if (maker) return maker
    throw new InputError(`there is no figure '${id}'; there are ${figures.map(({ id }) => id).join(', ')}`)
  })
}

async function run(
  makers: readonly FigureMaker[],
  options: TasksOptions,
  signal: AbortSignal,
): Promise<void> {
  const { figureFiles, writeFigure } = await import('../../figures/write.js')
  const context = taskContext(options, signal)
  const { seed, workers } = options
  if (!options.shard)
    requireFolder(
      options.out,
      makers.flatMap(({ id }) => figureFiles(id)),
    )
  const written: { id: string; files: string[]; seconds: number }[] = []
  for (const maker of makers) {
    if (maker.whole && options.queue !== undefined) warn(`figure ${maker.id} is made here, not at --queue`)
    const start = performance.now()
    const figure = await withProgress(`figure ${maker.id}`, Boolean(options.quiet), (onProgress) =>
      maker.whole && !options.shard
        ? makeApart<Figure>({ kind: 'figure', id: maker.id, seed, workers }, { signal, onProgress })
        : maker.make({ ...context, onProgress }),
    )
    const files = figure ? writeFigure(figure, options.out) : []
    written.push({ id: maker.id, files, seconds: (performance.now() - start) / 1000 })
  }
  print({ figures: written }, () => written.map(lineOf), options)
}

const lineOf = ({ id, files, seconds }: { id: string; files: readonly string[]; seconds: number }): string =>
  `figure ${id}: ${files.join(', ') || 'its part of the work is in the record'} (${seconds.toFixed(1)} s)`
