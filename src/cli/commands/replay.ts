import type { Command } from 'commander'
import { sameSubset } from '../../codes/subset.js'
import { writeArrays } from '../../gate/cases/case-arrays.js'
import { type Replay, replay } from '../../gate/cases/replay.js'
import { arraysPath, readCase } from '../../gate/cases/trial-case.js'
import { InputError } from '../../io/input-error.js'
import { messageText } from '../../io/text/visible.js'
import { processReader } from '../../success/processes/process-reader.js'
import { endable } from '../interrupt.js'
import { parseMilliseconds } from '../numbers.js'
import { colors, type OutputOptions, print, sizeText } from '../output.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions {
  readonly decoder?: string
  readonly timeLimit: number
  readonly startupLimit?: number
}

/** dpb replay: decode the trial of a case again and explain it. */
export const replayCommand = (command: Command) =>
  command
    .option('--decoder <decoder>', 'who decodes it (default: the one that failed)')
    .option(
      '--time-limit <ms>',
      'what the decode may take; large problems get more',
      parseMilliseconds,
      60_000,
    )
    .option(
      '--startup-limit <ms>',
      'what loading the decoder may take, and its first answer on top, up to 20 s (default: 60000)',
      parseMilliseconds,
    )
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExample:\n  dpb replay mine.baseline.cases/N1024-k16-d386-trial17.json')
    .action((path: string, options: Options) =>
      endable(() => replayCase(path, options), 'nothing is kept: the same call decodes the trial again'),
    )

async function replayCase(path: string, options: Options): Promise<void> {
  const { decoder, subset, ...name } = readCase(path)
  const { timeLimit, startupLimit } = options
  const reader = await processReader(options.decoder ?? decoder, {
    timeLimit,
    ...(startupLimit && { startupLimit }),
  })
  const result = await replay(reader, name).finally(() => reader.close())
  if (!sameSubset(result.subset, subset)) {
    throw new InputError(`'${path}' is not as it was made: its seed and trial draw another subset`)
  }
  const arrays = reader.declared.foreign ? arraysPath(path) : undefined
  if (arrays !== undefined) await writeArrays(arrays, name, result.answer)
  print(result, () => text(result, arrays), options)
  if (!result.success) process.exitCode = 1
}

function text(
  { decoder, N, k, d, seed, trial, success, fault, codewords, margin }: Replay,
  arrays: string | undefined,
): string[] {
  const outcome = success
    ? colors.green('found the subset')
    : colors.red(fault === undefined ? 'found another subset' : messageText(fault))
  return [
    `${decoder} at N = ${sizeText(N)}, k = ${k}, d = ${d}, seed ${seed}, trial ${trial}: ${outcome}`,
    ...table(
      ['codeword', 'sent', 'chosen', '⟨f, X⟩', 'rank', '⟨f, rest⟩'],
      codewords.map(({ index, member, chosen, score, rank, residualScore }) => [
        String(index),
        member ? 'sent' : '',
        fault !== undefined ? '' : chosen ? 'chosen' : '',
        score.toFixed(4),
        String(rank),
        residualScore.toFixed(4),
      ]),
    ),
    'rest = X less the codewords both sent and chosen; last in the table may stand the best codeword that was not sent',
    `margin of top-k decoding: ${margin.toFixed(4)} (least score of a codeword sent less the largest of one not sent)`,
    ...(arrays === undefined ? [] : [`the problem for numpy: ${arrays}; dims_per_bit.load() reads it`]),
  ]
}
