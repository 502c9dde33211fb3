import { type Command, Option } from 'commander'
import { withoutDead, withRows } from '../../codes/given-rows.js'
import {
  checkModel,
  IDEAL,
  type ModelDescription,
  PREPARATIONS,
  type Preparation,
} from '../../codes/model/description.js'
import { lawsOf } from '../../codes/model/general.js'
import { prepared } from '../../codes/preparation.js'
import { rademacherDictionary } from '../../codes/rademacher.js'
import { readDictionary } from '../../codes/read-dictionary.js'
import { decoderCalled } from '../../decoders/built-in.js'
import { InputError } from '../../io/input-error.js'
import { quoted } from '../../io/text/shell.js'
import { requireFolder } from '../../io/writable.js'
import { stream } from '../../random/stream.js'
import { digitsText } from '../../results/number-text.js'
import type { CapacityCurve, CapacityOf, CapacityRow } from '../../success/estimation/capacity.js'
import { interruptible } from '../interrupt.js'
import { parseCount, parseFraction, parseWorkers } from '../numbers.js'
import { intervalText, type OutputOptions, print, sizeText } from '../output.js'
import { withProgress } from '../progress.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions, Pick<ModelDescription, 'noise' | 'amplitudes'> {
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

/** dpb capacity: the largest k that decoders read on a given dictionary. */
export const capacityCommand = (command: Command) =>
  command
    .option('--decoders <list>', 'built-in names; omp and mp for short', list, list(DECODERS))
    .option('--prepare <list>', `of ${PREPARATIONS.join(', ')}`, preparations, ['unit', 'whitened'] as const)
    .option('--targets <list>', 'success rates', (given) => list(given).map(parseFraction), [0.5, 0.9, 0.99])
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
      'share the passes over the dictionary; no result depends on it (default: as many as there are cores)',
      parseWorkers,
    )
    .option('--seed <seed>', 'any string', '1')
    .option('--out <folder>', 'write the figure of success against k there, and capacity.json')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb capacity vectors.npy --orientation rows --prepare unit,whitened\n' +
        '  dpb capacity sae_weights.safetensors --decoders omp,vamp-finished --targets 0.5 --json',
    )
    .action((file: string, options: Options) =>
      interruptible((signal) => run(file, options, signal), { records: false }),
    )

function preparations(given: string): Preparation[] {
  return list(given).map((name) => {
    const found = PREPARATIONS.find((how) => how === name)
    if (found) return found
    throw new InputError(`--prepare takes ${PREPARATIONS.join(', ')}, not '${name}'`)
  })
}

async function run(file: string, options: Options, signal: AbortSignal): Promise<void> {
  const { targets, confidence, trials, seed, noise, amplitudes, prepare, tensor, orientation, threads } =
    options
  const decoders = options.decoders.map(decoderCalled)
  const laws = { ...IDEAL, noise, amplitudes }
  checkModel(laws)
  if (options.out !== undefined) requireFolder(options.out, ['capacity.json', 'figure-capacity.svg'])
  const given = await readDictionary(file, { tensor, orientation })
  const alive = withoutDead(given.dictionary)
  const dictionary = withRows(alive.dictionary, options.codewords, seed)
  const { size: N, dimension: d } = dictionary
  const of: CapacityOf[] = prepare.map((how) => ({ prepare: how, make: () => prepared(dictionary, how) }))
  of.push({
    prepare: 'rademacher',
    make: () => prepared(rademacherDictionary(N, d, stream(seed, 'capacity', 'rademacher').key()), 'raw'),
  })
  const { capacity } = await import('../../success/estimation/capacity.js')
  const measured = await withProgress('capacity', Boolean(options.quiet), (onProgress) =>
    capacity(of, {
      decoders,
      targets,
      confidence,
      trials,
      seed,
      laws: lawsOf(laws),
      threads,
      signal,
      onProgress: (done) => onProgress(done / (of.length * decoders.length)),
    }),
  )
  const { file: path, sha256, tensor: name, dtype } = given
  const source = { file: path, sha256, ...(name !== undefined && { tensor: name }), dtype }
  const result: Result = {
    ...source,
    orientation: given.orientation,
    N,
    d,
    dead: alive.dead,
    seed,
    confidence,
    model: {
      dictionary: { file: path, sha256, tensor: name ?? '', orientation: given.orientation },
      noise,
      amplitudes,
      active: IDEAL.active,
    },
    rows: measured.rows.filter(({ prepare }) => prepare !== 'rademacher'),
    rademacher: measured.rows.filter(({ prepare }) => prepare === 'rademacher'),
    curves: measured.curves,
  }
  const files = await written(result, options)
  print({ ...result, files }, () => [...resultText(result), ...files], options)
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

async function written(result: Result, { out, decoders, prepare }: Options): Promise<string[]> {
  if (out === undefined) return []
  const { writeFigure } = await import('../../figures/write.js')
  const { capacityFigure } = await import('../../figures/capacity.js')
  const { writeWhole } = await import('../../io/write-atomic.js')
  const { file, sha256, N, d, seed, confidence } = result
  const figure = capacityFigure(result.curves, {
    title: `Success against k: ${N} codewords, d = ${d}`,
    caption: `What decoders read on one dictionary, SHA-256 ${sha256}; bands are exact binomial intervals.`,
    command: `dpb capacity ${quoted(file)} --decoders ${decoders.join(',')} --prepare ${prepare.join(',')}`,
    seed,
    confidence,
  })
  const path = `${out}/capacity.json`
  writeWhole(path, `${JSON.stringify(result, null, 1)}\n`)
  return [...writeFigure(figure, out), path]
}

function resultText(result: Result): string[] {
  const { file, sha256, tensor, orientation, N, d, dead, rows, rademacher, confidence } = result
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
    `${file}: ${sizeText(N)} codewords in ${d} dimensions, ${orientation} of ${tensor ?? 'the array'}, ` +
      `SHA-256 ${sha256.slice(0, 12)}`,
    ...(dead.length > 0
      ? [`${dead.length} codewords of less than a tenth of the median norm are left out`]
      : []),
    `the largest k that is read, with ${100 * confidence} % intervals; dims per bit is d/log2 C(N, k) there`,
    ...table(
      ['decoder', 'prepared', 'read', 'k', 'interval', 'dims per bit', 'trials'],
      [...rows, ...rademacher].map(cells),
    ),
  ]
}
