import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type GivenDictionary, readDictionary } from '../../codes/read-dictionary.js'
import type { Audit } from '../../dictionaries/audit.js'
import { InputError } from '../../io/input-error.js'
import { shareText } from '../../io/quantity-text.js'
import { readLines } from '../../io/read-lines.js'
import { quoted } from '../../io/text/shell.js'
import { requireFolder } from '../../io/writable.js'
import { parseCount, parseFraction, parseInteger } from '../numbers.js'
import { colors, intervalText, type OutputOptions, print, sizeText } from '../output.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions {
  readonly sparsity?: number
  readonly labels?: string
  readonly tensor?: string
  readonly orientation?: 'rows' | 'columns'
  readonly sample?: number
  readonly trials: number
  readonly worst: number
  readonly confidence: number
  readonly threads?: number
  readonly seed: string
  readonly out?: string
}

/** dpb audit: what is to be known of a given dictionary before codes are read with it. */
export const auditCommand = (command: Command) =>
  command
    .option('-k, --sparsity <k>', 'codewords in a code: which are read worst', parseInteger)
    .option('--labels <file>', 'what the codewords stand for, a line each')
    .option('--tensor <name>', 'which tensor of the file')
    .addOption(
      new Option('--orientation <which>', 'where codewords are in the tensor').choices(['rows', 'columns']),
    )
    .option('--sample <n>', 'compare so many codewords with all others, not all', parseCount)
    .option('--trials <n>', 'codes that each of the worst codewords is put into', parseCount, 400)
    .option('--worst <n>', 'how many of the worst codewords', parseCount, 20)
    .option('--confidence <c>', 'of all intervals at once', parseFraction, 0.95)
    .option('--threads <n>', 'by default as many as there are cores', parseInteger)
    .option('--seed <seed>', 'any string', '1')
    .option('--out <folder>', 'write a page with pictures there, the figure, and audit.json')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb audit sae_weights.safetensors -k 32 --labels features.txt --out report/\n' +
        '  dpb audit vectors.npy --orientation rows --sample 4096 --json',
    )
    .action(run)

const FILES = ['audit.json', 'audit.html', 'figure-audit.svg', 'figure-audit.csv', 'figure-audit.json']

async function run(path: string, options: Options): Promise<void> {
  const { sparsity: k, sample, trials, worst, confidence, threads, seed, out } = options
  if (threads !== undefined && !(threads >= 1)) throw new InputError('--threads must be at least 1')
  if (out !== undefined) requireFolder(out, FILES)
  const given = await readDictionary(path, options)
  const labels = options.labels === undefined ? undefined : labelsIn(options.labels, given.N)
  if (k !== undefined && !(k >= 1 && k <= given.N)) {
    throw new InputError(`-k must be from 1 to N = ${given.N}, not ${k}`)
  }
  const { audit } = await import('../../dictionaries/audit.js')
  const found = await audit(given, { k, sample, trials, worst, confidence, threads, seed })
  const result = resultOf(given, found, labels, options)
  const lines = () => text(result)
  const files = out === undefined ? [] : await written(found, result, lines(), out)
  print({ ...result, ...(files.length > 0 && { files }) }, () => [...lines(), ...files], options)
}

/** A label for each codeword, a line each. */
function labelsIn(path: string, N: number): string[] {
  const labels = Array.from(readLines(path, 'the labels'), ({ text }) => text)
  if (labels.length === N) return labels
  throw new InputError(`'${path}' has ${labels.length} lines, where there are ${N} codewords to label`)
}

function resultOf(given: GivenDictionary, found: Audit, labels: string[] | undefined, options: Options) {
  const { file, sha256, tensor, orientation, orientationBy, dtype } = given
  const { nearest: _, spectrum: __, centredSpectrum: ___, twins, codewords, ...rest } = found
  const named = (i: number) => (labels === undefined ? {} : { label: labels[i] })
  const both = ({ pair: [i, j], cosine }: Audit['twins'][number]) => ({
    pair: [i, j],
    cosine,
    ...(labels && { labels: [labels[i], labels[j]] }),
  })
  return {
    file,
    sha256,
    ...(tensor !== undefined && { tensor }),
    orientation,
    orientationBy,
    dtype,
    ...rest,
    twins: twins.map(both),
    ...(codewords && {
      k: options.sparsity,
      trials: options.trials,
      decoder: 'top-k',
      codewords: codewords.map((one) => ({ ...one, ...named(one.index) })),
    }),
    seed: options.seed,
    confidence: options.confidence,
  }
}

type Result = ReturnType<typeof resultOf>

const figure = (value: number): string => value.toPrecision(3)

function text(result: Result): string[] {
  const { file, N, d, dtype, tensor, orientation, orientationBy, sha256, norms, dead, coherence } = result
  const { interference, centred, participationRatio, dominated, guaranteedSparsity, sample } = result
  const by = orientationBy === 'name' ? ', by its name' : ''
  const [i, j] = coherence.pair
  return [
    `${file}: ${sizeText(N)} codewords in ${d} dimensions, ${orientation} of ${tensor ?? 'the array'}${by}, ` +
      `${dtype}, SHA-256 ${sha256.slice(0, 12)}`,
    `norms from ${figure(norms.least)} to ${figure(norms.greatest)}, median ${figure(norms.median)}; ` +
      `${dead.length} dead (below a tenth of the median) and left out`,
    `coherence ${sample ? 'at least ' : ''}${colors.bold(coherence.value.toPrecision(4))}, codewords ${i} and ${j}; ` +
      `Welch ${figure(coherence.welch)}, random signs ${figure(coherence.rademacher)}`,
    guaranteedSparsity === null
      ? 'a sample of codewords guarantees nothing'
      : `that guarantees k up to ${guaranteedSparsity}`,
    `d × mean squared cosine ${figure(interference.timesDimension)}` +
      (centred ? `, with the mean taken off ${figure(centred.interference.timesDimension)}` : '') +
      `; random 1, Welch ${figure(d * interference.welch)}`,
    `participation ratio ${figure(participationRatio)} of ${d} directions` +
      (centred ? `, with the mean taken off ${figure(centred.participationRatio)}` : ''),
    `${dominated.length} codewords are never read by plain inner products, even alone` +
      sampled(sample?.dominatedShare, sample),
    ...twinLines(result),
    ...rateLines(result),
  ]
}

const sampled = (
  share: NonNullable<Audit['sample']>['twinShare'] | undefined,
  sample: Audit['sample'],
): string =>
  share === undefined || sample === undefined
    ? ''
    : ` of the ${sample.rows} compared: ${shareText(share.value)} of all, ${100 * sample.confidence} % interval ` +
      `${shareText(share.interval[0])} to ${shareText(share.interval[1])}`

const SHOWN = 5

function twinLines({ twins, withTwin, sample }: Result): string[] {
  const head = `${withTwin} codewords have a twin, of |cosine| ≥ 0.9${sampled(sample?.twinShare, sample)}`
  if (twins.length === 0) return [head]
  const rows = twins
    .slice(0, SHOWN)
    .map(({ pair, cosine, labels }) => [
      `${pair[0]}`,
      `${pair[1]}`,
      cosine.toFixed(4),
      labels?.join(', ') ?? '',
    ])
  return [head, ...table(['twin', 'and', 'cosine', ''], rows)]
}

function rateLines({ codewords, k, trials, confidence }: Result): string[] {
  if (codewords === undefined) return []
  return [
    `with k = ${k}, ${trials} codes each, what top-k reads worst; ${100 * confidence} % intervals, all at once`,
    ...table(
      ['codeword', 'read', 'interval', ''],
      codewords
        .slice(0, 2 * SHOWN)
        .map(({ index, readRate, interval, label }) => [
          `${index}`,
          readRate.toFixed(3),
          intervalText(interval, 3),
          label ?? '',
        ]),
    ),
  ]
}

async function written(
  found: Audit,
  result: Result,
  lines: readonly string[],
  out: string,
): Promise<string[]> {
  const { auditFigure } = await import('../../figures/audit.js')
  const { figureSvg, writeFigure } = await import('../../figures/write.js')
  const { auditPage } = await import('../../report/audit-page.js')
  const { writeWhole } = await import('../../io/write-atomic.js')
  const { file, sha256, N, d, seed, confidence } = result
  const picture = auditFigure(found, {
    title: `Audit: ${N} codewords, d = ${d}`,
    caption: `What one dictionary is like, SHA-256 ${sha256}; bands are exact binomial intervals.`,
    command: `dpb audit ${quoted(file)} --out .`,
    seed,
    confidence,
  })
  const files = writeFigure(picture, out)
  const [page, json] = [join(out, 'audit.html'), join(out, 'audit.json')]
  writeWhole(page, auditPage(picture.title, lines, figureSvg(picture)))
  writeWhole(json, `${JSON.stringify(result, null, 1)}\n`)
  return [page, ...files, json]
}
