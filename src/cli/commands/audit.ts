import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type GivenDictionary, readDictionary } from '../../codes/read-dictionary.js'
import { decoderCalled } from '../../decoders/built-in.js'
import type { Audit } from '../../dictionaries/audit.js'
import { InputError } from '../../io/input-error.js'
import { readLines } from '../../io/read-lines.js'
import { quoted } from '../../io/text/shell.js'
import { requireFolder } from '../../io/writable.js'
import type { ReadingPreparation } from '../../reading/reading.js'
import { type AuditCall, descriptionOf, readingOf, withLabels } from '../audit-readers.js'
import { type AuditResult, auditText } from '../audit-text.js'
import { descriptionText } from '../description-text.js'
import { interruptible } from '../interrupt.js'
import { withCodeOptions } from '../model-options.js'
import { parseCount, parseFraction, parseInteger, parsePositive, parseWorkers } from '../numbers.js'
import { print } from '../output.js'
import { readingText } from '../reading-text.js'

const list = (given: string) => given.split(',').map((part) => part.trim())

/** dpb audit: what is to be known of a given dictionary, and of the encoder beside it, before codes are read. */
export const auditCommand = (command: Command) =>
  withCodeOptions(command)
    .option('-k, --sparsity <k>', 'codewords in a code: which are read worst, and by whom', parseInteger)
    .option('--labels <file>', 'what the codewords stand for, a line each')
    .option('--tensor <name>', 'which tensor of the file (default: found out)')
    .addOption(
      new Option('--orientation <which>', 'where codewords are in the tensor (default: found out)').choices([
        'rows',
        'columns',
      ]),
    )
    .option('--sample <n>', 'compare so many codewords with all others (default: all)', parseCount)
    .option(
      '--trials <n>',
      'codes that each of the worst codewords is put into (default: 400; 100 with --sample)',
      parseCount,
    )
    .option('--worst <n>', 'how many of the worst codewords', parseCount, 20)
    .option('--decoders <list>', 'built-in names (default: those that the size allows)', list)
    .option('--prepare <list>', 'how codes reach decoders: unit, centred, whitened', readings, [
      'unit',
    ] as const)
    .option('--reads <n>', 'codes that decoders and encoder read (default: by size)', parseCount)
    .option(
      '--codes <file>',
      'codes as rows, in place of drawn ones: what is left of them with up to k codewords',
    )
    .option('--suspects <n>', 'codewords that each decoder is tried on (default: by size)', parseInteger)
    .option('--scale <s>', 'of the codes that the encoder sees (default: where it reads best)', parsePositive)
    .option('--confidence <c>', 'of all intervals of one table at once', parseFraction, 0.95)
    .option('--threads <n>', 'of this machine (default: as many as there are cores)', parseWorkers)
    .option('--seed <seed>', 'any string', '1')
    .option('--out <folder>', 'write a page with pictures there, the figure, and audit.json')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb audit sae_weights.safetensors -k 32 --labels features.txt --out report/\n' +
        '  dpb audit vectors.npy --orientation rows --sample 4096 --json',
    )
    .action((path: string, options: AuditCall) =>
      interruptible((signal) => run(path, options, signal), { records: false }),
    )

const READINGS: readonly string[] = ['unit', 'centred', 'whitened']

function readings(given: string): ReadingPreparation[] {
  return list(given).map((name) => {
    if (READINGS.includes(name)) return name as ReadingPreparation
    throw new InputError(`--prepare takes ${READINGS.join(', ')} here, not '${name}'`)
  })
}

const FILES = ['audit.json', 'audit.html', 'figure-audit.svg', 'figure-audit.csv', 'figure-audit.json']

async function run(path: string, options: AuditCall, signal: AbortSignal): Promise<void> {
  const { sparsity: k, sample, worst, confidence, threads, seed, out } = options
  options.decoders?.forEach(decoderCalled)
  if (options.codes !== undefined && k === undefined) {
    throw new InputError('--codes takes -k: the most codewords that a code is described by')
  }
  if (out !== undefined) requireFolder(out, FILES)
  const given = await readDictionary(path, { ...options, encoder: k !== undefined })
  const labels = options.labels === undefined ? undefined : labelsIn(options.labels, given.N)
  if (k !== undefined && !(k >= 1 && k <= given.N)) {
    throw new InputError(`-k must be from 1 to N = ${given.N}, not ${k}`)
  }
  const { audit, usualTrials } = await import('../../dictionaries/audit.js')
  const { trials = usualTrials(sample) } = options
  const found = await audit(given, { k, sample, trials, worst, confidence, threads, seed, signal })
  const asked = k === undefined ? undefined : { ...options, sparsity: k }
  const described =
    asked && options.codes !== undefined ? await descriptionOf(given, found, asked, signal) : undefined
  const read =
    asked && !described ? withLabels(await readingOf(given, found, asked, signal), labels) : undefined
  const result = {
    ...resultOf(given, found, labels, { ...options, trials }),
    ...encoderOf(given),
    ...(read && { reading: read }),
    ...(described && { description: described }),
  }
  const lines = () => [
    ...auditText(result),
    ...encoderLines(given),
    ...(read ? readingText(read) : []),
    ...(described ? descriptionText(described) : []),
  ]
  const files = out === undefined ? [] : await written(found, result, lines(), out)
  print({ ...result, ...(files.length > 0 && { files }) }, () => [...lines(), ...files], options)
}

/** What is told of the encoder that stands beside the decoder. */
function encoderOf({ encoder, encoderName: weights }: GivenDictionary) {
  if (weights === undefined) return {}
  if (encoder === undefined) return { encoder: { weights } }
  const { activation, k, subtractsBias, rescaled, refused } = encoder
  return { encoder: { weights, activation, ...(k !== undefined && { k }), subtractsBias, rescaled, refused } }
}

function encoderLines({ encoder, encoderName }: GivenDictionary): string[] {
  if (encoderName === undefined) return []
  if (encoder === undefined) {
    return [`an encoder stands beside it, ${encoderName}: -k tells how much it loses against decoders`]
  }
  const { activation, k, subtractsBias, rescaled, refused } = encoder
  if (refused !== undefined) return [`its encoder, ${encoderName}, is not compared: ${refused}`]
  const names = { relu: 'ReLU', jumprelu: 'JumpReLU', 'top-k': `the ${k} largest` }
  return [
    `its encoder, ${encoderName}: ${names[activation]}${rescaled ? ' by ‖f‖z' : ''}, ` +
      `b_dec ${subtractsBias ? 'subtracted first' : 'not subtracted'}`,
  ]
}

/** A label for each codeword, a line each. */
function labelsIn(path: string, N: number): string[] {
  const labels = Array.from(readLines(path, 'the labels'), ({ text }) => text)
  if (labels.length === N) return labels
  throw new InputError(`'${path}' has ${labels.length} lines, where there are ${N} codewords to label`)
}

function resultOf(
  given: GivenDictionary,
  found: Audit,
  labels: string[] | undefined,
  options: AuditCall,
): AuditResult {
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
      k: options.sparsity!,
      trials: options.trials,
      decoder: 'top-k',
      codewords: codewords.map((one) => ({ ...one, ...named(one.index) })),
    }),
    seed: options.seed,
    confidence: options.confidence,
  }
}

async function written(
  found: Audit,
  result: AuditResult,
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
