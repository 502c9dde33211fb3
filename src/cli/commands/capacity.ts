import { type Command, Option } from 'commander'
import {
  checkModel,
  IDEAL,
  type ModelDescription,
  PREPARATIONS,
  type Preparation,
} from '../../codes/model/description.js'
import { OpenedDictionary } from '../../codes/model/opened-dictionary.js'
import { decoderCalled } from '../../decoders/built-in.js'
import { InputError } from '../../io/input-error.js'
import { quoted } from '../../io/text/shell.js'
import { messageText } from '../../io/text/visible.js'
import { requireFolder } from '../../io/writable.js'
import { codewordsText, countText, digitsText } from '../../results/number-text.js'
import type { CapacityCurve, CapacityRow } from '../../success/estimation/capacity-of.js'
import { decoderFile, decoderSource } from '../../success/processes/decoder-source.js'
import { capacityRun } from '../capacity-run.js'
import { interruptible } from '../interrupt.js'
import { type LimitOptions, limitsOf, withLimitOptions } from '../limit-options.js'
import { deadText } from '../model-options.js'
import { parseCount, parseFraction, parseWorkers } from '../numbers.js'
import { colors, intervalText, type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { type QueueOption, queueOf, withQueueOption } from '../queue-option.js'
import { type RecordOption, withRecord, withRecordOption } from '../record-option.js'
import { setExitCode } from '../sampling-options.js'
import { table } from '../text-table.js'

interface Options
  extends OutputOptions,
    LimitOptions,
    QueueOption,
    RecordOption,
    Pick<ModelDescription, 'noise' | 'amplitudes'> {
  readonly decoders: readonly string[]
  readonly prepare: readonly Preparation[]
  readonly targets: readonly number[]
  readonly trials: number
  readonly confidence: number
  readonly codewords?: number
  readonly threads?: number
  readonly seed: string
  readonly tensor?: string
  readonly orientation?: 'rows' | 'columns'
  readonly out?: string
}

/** One that reads a single step, the pursuits and what they gain by going on, and what is to be recommended. */
const DECODERS = 'top-k,matching-pursuit,omp,omp-finished,ols-finished,basis-pursuit-admm,vamp-finished'

const list = (given: string) => given.split(',').map((part) => part.trim())
/** The same of commands too, where a comma within quotes is the command's own. */
const decoderList = (given: string) =>
  given.match(/(?:'[^']*'|"[^"]*"|[^,])+|(?<=^|,)(?=,|$)/g)!.map((part) => part.trim())
const once = <T>(given: readonly T[]): T[] => [...new Set(given)]

/** dpb capacity: the largest k that decoders read on a given dictionary. */
export const capacityCommand = (command: Command) =>
  withRecordOption(withQueueOption(withLimitOptions(command)))
    .option(
      '--decoders <list>',
      'names, omp and mp for short; or files or commands of yours',
      decoderList,
      list(DECODERS),
    )
    .option('--prepare <list>', `of ${PREPARATIONS.join(', ')}`, preparations, ['unit', 'whitened'] as const)
    .option(
      '--targets <list>',
      'success rates',
      (given) => once(list(given).map(parseFraction)),
      [0.5, 0.9, 0.99],
    )
    .option('--trials <n>', 'at each k that decides; more where a target needs them', parseCount, 100)
    .option('--confidence <c>', 'of the intervals', parseFraction, 0.95)
    .option(
      '-N, --codewords <n>',
      'take so many of the codewords, drawn by the seed (default: all)',
      parseCount,
    )
    .option('--noise <share>', "share of the code's energy that is noise", Number, IDEAL.noise)
    .option('--amplitudes <law>', 'of active codewords, as in dpb success', IDEAL.amplitudes)
    .option('--tensor <name>', 'which tensor of the file (default: found out)')
    .addOption(
      new Option('--orientation <which>', 'where codewords are in the tensor (default: found out)').choices([
        'rows',
        'columns',
      ]),
    )
    .option(
      '--threads <n>',
      'share the passes of one trial after another, without --workers and --queue (default: one a core)',
      parseWorkers,
    )
    .option('--seed <seed>', 'any string', '1')
    .option('--out <folder>', 'write the figure of success against k there, and capacity.json')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb capacity vectors.npy --orientation rows --prepare unit,whitened\n' +
        '  dpb capacity sae_weights.safetensors --decoders omp,./mine.mjs --targets 0.5 --json\n' +
        '  dpb capacity sae_weights.safetensors --record trials.jsonl --queue redis://host:6379',
    )
    .action((file: string, options: Options) =>
      interruptible((signal) => run(file, options, signal), { records: true, record: options.record }),
    )

function preparations(given: string): Preparation[] {
  const found = list(given).map((name) => {
    const one = PREPARATIONS.find((how) => how === name)
    if (one) return one
    throw new InputError(`--prepare takes ${PREPARATIONS.join(', ')}, not '${name}'`)
  })
  return once(found)
}

/** A name as it is known, or the path or command of a decoder that is there. */
function decoderOf(given: string): string {
  if (decoderFile(given) === undefined) return decoderCalled(given).name
  decoderSource(given)
  return given
}

async function run(file: string, options: Options, signal: AbortSignal): Promise<void> {
  const { confidence, seed, noise, amplitudes, tensor, orientation, record } = options
  const decoders = once(options.decoders.map(decoderOf))
  checkModel({ ...IDEAL, noise, amplitudes })
  const runners = runnersOf(options, decoders)
  if (options.out !== undefined) requireFolder(options.out, ['capacity.json', 'figure-capacity.svg'])
  const opened = await OpenedDictionary.read(file, { tensor, orientation })
  const { dead, dtype, path, about } = opened
  const { N, d } = { ...opened.shape, ...(options.codewords && { N: options.codewords }) }
  if (N > opened.shape.N) {
    throw new InputError(`the file has ${countText(opened.shape.N, 'codeword')}, fewer than -N ${N}`)
  }
  const measured = await withRecord(record, (keep) =>
    withProgress('capacity', Boolean(options.quiet), (onProgress) =>
      capacityRun(opened, { ...options, N, decoders, runners, signal, keep, onProgress }),
    ),
  )
  const { sha256, tensor: name } = about
  const source = { file: path, sha256, ...(name !== '' && { tensor: name }), dtype }
  const result: Result = {
    ...source,
    orientation: about.orientation,
    N,
    d,
    dead,
    seed,
    confidence,
    model: { dictionary: { ...about, file: path }, noise, amplitudes, active: IDEAL.active },
    rows: measured.rows.filter(({ prepare }) => prepare !== 'rademacher'),
    rademacher: measured.rows.filter(({ prepare }) => prepare === 'rademacher'),
    curves: measured.curves,
  }
  const files = await written(result, options)
  print({ ...result, files }, () => [...resultText(result), ...files], options)
  setExitCode(result.curves)
}

/** What runs the trials. Throws InputError where threads are counted twice, and for limits that nobody has. */
function runnersOf(options: Options, decoders: readonly string[]) {
  const { threads, workers, queue } = options
  if (threads !== undefined && (workers !== undefined || queue !== undefined)) {
    throw new InputError(
      '--threads shares the passes of one trial after another, where --workers and --queue share the trials: ' +
        'leave it out',
    )
  }
  return { ...limitsOf(options, ...decoders), ...queueOf(options), threads }
}

interface Result {
  readonly file: string
  readonly sha256: string
  readonly tensor?: string
  readonly dtype: string
  readonly orientation: 'rows' | 'columns'
  readonly N: number
  readonly d: number
  /** Codewords that were left out: of hardly any norm, they were never trained. */
  readonly dead: readonly number[]
  readonly seed: string
  readonly confidence: number
  readonly model: Omit<ModelDescription, 'prepare'>
  readonly rows: readonly CapacityRow[]
  readonly rademacher: readonly CapacityRow[]
  readonly curves: readonly CapacityCurve[]
}

/** A list as one word of a shell command. */
function listText(parts: readonly string[]): string {
  const text = parts.join(',')
  return /^[\w.,/-]+$/.test(text) ? text : quoted(text)
}

async function written(result: Result, { out, decoders, prepare }: Options): Promise<string[]> {
  if (out === undefined) return []
  const { writeFigure } = await import('../../figures/write.js')
  const { capacityFigure } = await import('../../figures/capacity.js')
  const { writeWhole } = await import('../../io/write-atomic.js')
  const { file, sha256, N, d, seed, confidence } = result
  const figure = capacityFigure(result.curves, {
    title: `Success against k: ${N} codewords, d = ${d}`,
    caption: `What decoders read on one dictionary, SHA-256 ${sha256}; bands are exact binomial intervals.`,
    command: `dpb capacity ${quoted(file)} --decoders ${listText(decoders)} --prepare ${prepare.join(',')}`,
    seed,
    confidence,
  })
  const path = `${out}/capacity.json`
  writeWhole(path, `${JSON.stringify(result, null, 1)}\n`)
  return [...writeFigure(figure, out), path]
}

function resultText(result: Result): string[] {
  const { file, sha256, tensor, orientation, N, d, dead, rows, rademacher, curves, confidence } = result
  const cells = ({ decoder, prepare, target, sparsity, interval, dimsPerBit, trials }: CapacityRow) => [
    decoder,
    prepare,
    `${100 * target}%`,
    digitsText(sparsity, 3),
    intervalText(interval, 0),
    dimsPerBit === null ? '–' : digitsText(dimsPerBit, 3),
    `${trials}`,
  ]
  return [
    `${file}: ${codewordsText(N)} in ${d} dimensions, ${orientation} of ${tensor ?? 'the array'}, ` +
      `SHA-256 ${sha256.slice(0, 12)}`,
    ...(dead.length > 0 ? [deadText(dead)] : []),
    `the largest k that is read, with ${100 * confidence} % intervals; dims per bit is d/log2 C(N, k) there`,
    ...table(
      ['decoder', 'prepared', 'read', 'k', 'interval', 'dims per bit', 'trials'],
      [...rows, ...rademacher].map(cells),
    ),
    ...curves.flatMap(faultLines),
  ]
}

function faultLines({ decoder, prepare, faultCount = 0, faults = [], unanswered }: CapacityCurve): string[] {
  if (faultCount === 0) return []
  const what = `${countText(faultCount, 'trial')} of ${decoder}, ${prepare}, broke its contract or were refused by it`
  return [
    colors.yellow(`${what}, and count as failures:`),
    ...faults.map(
      ({ kind, k, trial, message }) => `  ${kind}, k = ${k}, trial ${trial}: ${messageText(message)}`,
    ),
    ...(unanswered === 'broken' ? [colors.red('  no trial has a valid answer; see dpb check')] : []),
  ]
}
