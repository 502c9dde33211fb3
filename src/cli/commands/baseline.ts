import { resolve } from 'node:path'
import type { Command } from 'commander'
import { checkSubset } from '../../bounds/parameters.js'
import type { Criterion } from '../../codes/model/criterion.js'
import { isDrawnFamily } from '../../codes/model/description.js'
import { affordableCells } from '../../gate/baseline/affordable.js'
import { type Baseline, baselineJson, baselinePath, writeBaseline } from '../../gate/baseline/baseline.js'
import { automaticCells, type CellRequest, cellId, givenCell, ownCell } from '../../gate/baseline/cells.js'
import { wholePower } from '../../gate/baseline/power.js'
import { recordBaseline } from '../../gate/baseline/record-baseline.js'
import { InputError } from '../../io/input-error.js'
import { quoted } from '../../io/text/shell.js'
import { errorLine } from '../../io/text/terminal.js'
import { requireWritable } from '../../io/writable.js'
import { atLeastText, bandText, percentText } from '../../report/gate/gate-text.js'
import { digitsText, durationText, inNotation, powerText } from '../../results/number-text.js'
import { trialByTrial } from '../../success/estimation/judged-sampler.js'
import { decoderFile } from '../../success/processes/decoder-source.js'
import { withSamplers } from '../../success/workers/open-sampler.js'
import { interruptible } from '../interrupt.js'
import { type LimitOptions, limitsOf, withLimitOptions } from '../limit-options.js'
import {
  type ModelOptions,
  modelFromOptions,
  problemOf,
  withCriterionOption,
  withModelOptions,
} from '../model-options.js'
import { parseCount, parseFraction, parseInteger } from '../numbers.js'
import { intervalText, type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { type RecordOption, withRecord, withRecordOption } from '../record-option.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions, LimitOptions, RecordOption, ModelOptions {
  readonly criterion: Criterion
  readonly out?: string
  readonly codewords?: number
  readonly sparsity?: number
  readonly onlyOwn?: boolean
  readonly tolerance: number
  readonly trials?: number
  readonly falseAlarm?: number
  readonly seed: string
}

/** dpb baseline: record what a decoder does, for dpb gate to compare with. */
export const baselineCommand = (command: Command) =>
  withCriterionOption(withModelOptions(withRecordOption(withLimitOptions(command))))
    .option('--out <file>', 'the file to write (default: DECODER.baseline.json)')
    .option('-N, --codewords <n>', 'a cell of your own, beside the automatic ones; with -k', parseCount)
    .option('-k, --sparsity <k>', 'size of the encoded subset in that cell', parseInteger)
    .option('--only-own', 'that cell alone')
    .option('--tolerance <share>', 'the drift to tolerate', parseFraction, 0.02)
    .option(
      '--trials <n>',
      'most trials of a gate, a cell and dimension (default: what the tolerance takes)',
      parseCount,
    )
    .option('--false-alarm <p>', 'probability of any false statement (default: 1e-6)', parseFraction)
    .option('--seed <seed>', 'any string', '1')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb baseline ./mine.mjs\n  dpb baseline ./mine.mjs -N 2^14 -k 12 --tolerance 0.03\n' +
        '  dpb baseline omp --dictionary vectors.npy --orientation rows --tolerance 0.05',
    )
    .action((decoder: string, options: Options) =>
      interruptible((signal) => record(decoder, options, signal), { records: true, record: options.record }),
    )

async function record(decoder: string, options: Options, signal: AbortSignal): Promise<void> {
  const { seed, trials, falseAlarm, quiet, criterion } = options
  const { model, opened: dictionary, own, automatic } = await requested(decoder, options)
  const out = options.out ?? baselinePath(decoder)
  requireOther(decoder, out)
  requireWritable(out)
  const methods = [...own, ...automatic].map(({ method }) => method)
  const baseline = await withRecord(options.record, (keep) =>
    withSamplers(decoder, methods, { ...limitsOf(options, decoder), model, opened: dictionary }, (opened) =>
      withProgress(decoder, Boolean(quiet), async (onProgress) => {
        // How many trials the clock takes depends on the machine: they are not kept.
        const timed = opened.map((sampler) => trialByTrial(sampler, criterion))
        const samplers = opened.map((sampler) => trialByTrial(keep(sampler), criterion))
        const { cells, notes } = await affordableCells(timed, [...own, ...automatic], signal)
        const onNote = (note: string) => process.stderr.write(errorLine(note))
        notes.forEach(onNote)
        if (!quiet && (cells.some(waits) || secondsOf(cells) > WORTH_SAYING))
          onNote(forecast(cells, options.tolerance))
        if (cells.length === 0) {
          throw new InputError(
            'no cell can be recorded in reasonable time; ' +
              (isDrawnFamily(options.dictionary)
                ? 'name one by -N and -k with --only-own and a wider --tolerance, and it is recorded whatever it takes'
                : 'take a wider --tolerance, or a smaller file'),
          )
        }
        return recordBaseline(samplers, {
          cells,
          seed,
          ...(trials && { trials }),
          ...(falseAlarm && { falseAlarm }),
          onProgress,
          onNote,
          signal,
        })
      }),
    ),
  )
  writeBaseline(out, baseline)
  print(baselineJson(baseline), () => text(baseline, out), options)
}

/** Seconds of processor time below which nobody needs to know. */
const WORTH_SAYING = 5

const waits = ({ elapsed }: CellRequest): boolean => elapsed !== undefined

const secondsOf = (cells: readonly CellRequest[]): number =>
  cells.reduce((sum, { seconds = 0 }) => sum + seconds, 0)

/** What the recording takes, to which tolerances, and why some cells are coarse that are not slow. */
function forecast(cells: readonly CellRequest[], asked: number): string {
  const bands = cells.map(({ tolerance }) => bandText(tolerance))
  const counts = [...new Set(bands)].map((band) => `${bands.filter((one) => one === band).length} to ${band}`)
  const elapsed = cells.reduce((sum, cell) => sum + (cell.elapsed ?? cell.seconds ?? 0), 0)
  const waiting = cells.some(waits)
    ? ` (by the clock about ${durationText(elapsed)}, for it waits for something else than a core)`
    : ''
  const coarse = cells.some(({ spare, tolerance }) => spare && tolerance > asked)
    ? '; coarse ones are of other sizes, at which an error shows that depends on the size'
    : ''
  const what = cells.length === 1 ? 'a cell' : `${cells.length} cells`
  const time = `about ${durationText(secondsOf(cells))} of processor time${waiting}`
  return `records ${what} in ${time}: ${counts.join(', ')}${coarse}`
}

/** The model, a cell of the user's own, and those that a budget is looked at for. */
async function requested(decoder: string, options: Options) {
  const { tolerance, criterion, onlyOwn, codewords, sparsity, dictionary } = options
  if (!isDrawnFamily(dictionary)) {
    if (codewords !== undefined || sparsity !== undefined || onlyOwn) {
      throw new InputError(
        'over a file all codewords are taken, and k is what is sought: leave out -N, -k and --only-own',
      )
    }
    const { model, N, d = 0, opened } = await problemOf(options)
    return { model, opened, own: [], automatic: [givenCell(N, d, tolerance)] }
  }
  const model = modelFromOptions(options)
  const own = ownRequest(decoder, options)
  if (onlyOwn && own.length === 0) throw new InputError('--only-own takes a cell by -N and -k')
  const all = onlyOwn ? [] : automaticCells(decoder, tolerance, { model, criterion })
  const automatic = all.filter((cell) => own.every((one) => cellId(one) !== cellId(cell)))
  return { model, own, automatic }
}

function ownRequest(decoder: string, { codewords, sparsity, tolerance, criterion, ...model }: Options) {
  if (codewords === undefined && sparsity === undefined) return []
  if (codewords === undefined || sparsity === undefined) {
    throw new InputError('a cell of your own takes both -N and -k')
  }
  checkSubset(codewords, sparsity)
  return [ownCell(decoder, codewords, sparsity, tolerance, { model: modelFromOptions(model), criterion })]
}

function text({ decoder, cells, falseAlarm }: Baseline, out: string): string[] {
  const rows = cells.map(
    ({ id, axis, k, dimension, dimsPerBit, interval, tolerance, power: tiers, cap, repeated }) => {
      const power = wholePower(tiers)
      return [
        inNotation(id),
        digitsText(axis ? k : dimension, 4),
        `${digitsText(dimsPerBit, 4)} ${intervalText(interval)}`,
        bandText(tolerance),
        `${percentText(power.drift)} ${atLeastText(power.detected)}`,
        String(cap),
        String(2 * repeated),
      ]
    },
  )
  return [
    `${decoder}: recorded in ${out}`,
    ...table(
      [
        'cell',
        cells.some(({ axis }) => axis) ? 'k50' : 'd50',
        'dims per bit',
        'tolerated',
        'detected',
        'trials',
        'repeated',
      ],
      rows,
    ),
    `The recording and a gate's run together make a false statement with probability at most ` +
      `${powerText(falseAlarm)}.`,
  ]
}

/** Throws InputError where what is to be written is the decoder itself. */
function requireOther(decoder: string, out: string): void {
  const file = decoderFile(decoder)
  if (file !== undefined && resolve(file) === resolve(out)) {
    throw new InputError(
      `--out '${out}' is the decoder's own file: name another, such as ${quoted(baselinePath(decoder))}`,
    )
  }
}
