import { join } from 'node:path'
import type { Command } from 'commander'
import { checkSubset } from '../../bounds/parameters.js'
import { decoderCalled } from '../../decoders/built-in.js'
import { requireFolder } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import { FULL_BOARD } from '../../leaderboard/full-board.js'
import { leaderboardMarkdown } from '../../report/markdown.js'
import type { Leaderboard } from '../../results/report.js'
import { storedLeaderboard } from '../../results/stored.js'
import { interruptible } from '../interrupt.js'
import { parseCount } from '../numbers.js'
import { print } from '../output.js'
import { withProgress } from '../progress.js'
import { type TasksOptions, taskContext, withTaskOptions } from '../task-options.js'

interface Options extends TasksOptions {
  readonly sizes: readonly number[]
  readonly sparsities: readonly number[]
  readonly decoders?: readonly string[]
  readonly budget: number
  readonly evenOnly?: boolean
  readonly missing?: boolean
}

const parts = (text: string): string[] => text.split(',').map((part) => part.trim())

const list = (text: string): number[] => [...new Set(parts(text).map(parseCount))]

const names = (text: string): string[] => [...new Set(parts(text).map((part) => decoderCalled(part).name))]

/** dpb leaderboard: every built-in decoder at the sizes of the board; cells of an earlier run are kept. */
export const leaderboardCommand = (command: Command) =>
  withTaskOptions(command, 'reports')
    .option('--sizes <list>', 'numbers of codewords', list, [...FULL_BOARD.sizes])
    .option('--sparsities <list>', 'sizes of the subset', list, [...FULL_BOARD.sparsities])
    .option('--decoders <list>', 'names (default: every built-in decoder)', names)
    .option('--budget <seconds>', 'of one core, for d50 or d99 of a simulated cell', parseCount, 60)
    .option('--even-only', 'd50 alone: d99 takes many times as long')
    .option('--missing', 'only what the board there lacks: cells without a row, d99 of rows without it')
    .addHelpText('after', '\nExample:\n  dpb leaderboard --sizes 2^12 --record trials.jsonl')
    .action((options: Options) => {
      const path = join(options.out, 'leaderboard.json')
      const text = `finished cells are kept in '${path}': --missing goes on from there`
      const kept = { records: true, record: options.record, besides: { paths: [path], text } }
      return interruptible((signal) => run(options, signal), kept)
    })

async function run(options: Options, signal: AbortSignal): Promise<void> {
  for (const N of options.sizes) for (const k of options.sparsities) checkSubset(N, k)
  const { leaderboard } = await import('../../leaderboard/leaderboard.js')
  const context = taskContext(options, signal)
  requireFolder(options.out, ['leaderboard.json', 'leaderboard.md'])
  const path = (extension: string) => join(options.out, `leaderboard.${extension}`)
  const before = storedLeaderboard(options.out)
  const text = (board: Leaderboard) => `${['# Leaderboard', ...leaderboardMarkdown(board)].join('\n\n')}\n`
  const write = (board: Leaderboard) => {
    writeWhole(path('json'), `${JSON.stringify(board, null, 1)}\n`)
    writeWhole(path('md'), text(board))
  }
  const board = await withProgress('leaderboard', Boolean(options.quiet), (onProgress) =>
    leaderboard({ ...options, ...(before && { before }), onCell: write }, { ...context, onProgress }),
  )
  write(board)
  print({ files: [path('json'), path('md')], ...board }, () => text(board).trimEnd().split('\n'), options)
}
