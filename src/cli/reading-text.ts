import type { ReadRate } from '../dictionaries/read-rates.js'
import type { ReaderResult, ReadingGap } from '../reading/reading.js'
import { digitsText } from '../results/number-text.js'
import type { Metric } from '../success/estimation/recovery-metrics.js'
import { colors, intervalText } from './output.js'
import { table } from './text-table.js'

interface LabelledRate extends ReadRate {
  readonly label?: string
}

/** What `dpb audit --json` prints of those that read the same codes. */
export interface ReadingResult {
  readonly k: number
  readonly codes: number
  readonly confidence: number
  readonly entropyBits: number
  readonly d: number
  readonly noise: number
  readonly amplitudes: string
  readonly readers: readonly ReaderResult[]
  readonly gaps: readonly ReadingGap[]
  readonly recommended: { readonly reader: string; readonly leads: readonly ReadingGap[] }
  /** What each decoder reads worst. */
  readonly worst?: readonly { readonly reader: string; readonly codewords: readonly LabelledRate[] }[]
  /** Decoders that are too slow at this size to be run unasked. */
  readonly leftOut: readonly string[]
}

/** Who reads what of the same codes, the gaps to an encoder, and which decoder to take. */
export const readingText = (result: ReadingResult): string[] => [
  ...readerLines(result),
  ...gapLines(result),
  ...worstLines(result),
  recommendation(result),
  ...(result.leftOut.length > 0
    ? [`not run at this size unless asked for by --decoders: ${result.leftOut.join(', ')}`]
    : []),
]

const digits = (value: number): string => digitsText(value, 3)
const metric = ({ value, interval }: Metric, places: number): string =>
  `${value.toFixed(places)} ${intervalText(interval, places)}`

function readerLines({ k, codes, confidence, entropyBits, noise, amplitudes, readers, d }: ReadingResult) {
  const model = [
    ...(noise > 0 ? [`noise ${noise}`] : []),
    ...(amplitudes === 'constant' ? [] : [`amplitudes ${amplitudes}`]),
  ].join(', ')
  const rows = readers.map(({ reader, named, successRate, metrics, secondsPerCode }) => [
    reader,
    metric(metrics.recall, 3),
    metric(metrics.bitsRead, 0),
    (metrics.bitsRead.value / d).toFixed(3),
    successRate.value.toFixed(3),
    digits(named),
    digits(1000 * secondsPerCode),
  ])
  return [
    `what is read of ${codes} codes of ${k} codewords at norm 1${model && `, ${model}`}: ` +
      `${entropyBits.toFixed(0)} bits each; ${100 * confidence} % intervals`,
    ...table(['reader', 'recall', 'bits read', 'a dimension', 'wholly', 'named', 'ms'], rows),
  ]
}

function gapLines({ gaps, readers, confidence }: ReadingResult): string[] {
  if (gaps.length === 0) return []
  const scales = readers.flatMap(({ reader, scale }) =>
    scale === undefined ? [] : `${digits(scale)} times a sum of unit codewords for the ${reader}`,
  )
  return [
    `how much the encoder loses to each (amortisation gap); ${100 * confidence} % intervals, all at once`,
    ...table(
      ['decoder', 'reads more than', 'recall', 'bits'],
      gaps.map(({ reader, than, recall, bitsRead }) => [
        reader,
        than,
        metric(recall, 3),
        metric(bitsRead, 0),
      ]),
    ),
    `codes are ${scales.join(', ')}`,
  ]
}

/** Codewords of a decoder that a line names. */
const NAMED = 3

function worstLines({ worst, confidence }: ReadingResult): string[] {
  if (worst === undefined) {
    return [
      'codewords were not tried one by one with each decoder at this size: --suspects <n> tries n of them',
    ]
  }
  const looked = worst.reduce((sum, { codewords }) => sum + codewords.length, 0)
  const one = ({ index, readRate, interval, label }: LabelledRate) =>
    `${label === undefined ? index : `${index} ${label}`}: ${readRate.toFixed(2)} ${intervalText(interval, 2)}`
  return [
    `what each reads worst, of those that it missed or that look hard; ${looked} rates, ` +
      `${100 * confidence} % intervals, all at once`,
    ...table(
      ['decoder', 'codewords and how often each is read'],
      worst.map(({ reader, codewords }) => [reader, codewords.slice(0, NAMED).map(one).join('; ')]),
    ),
  ]
}

/** The decoder to take, and why. */
function recommendation({ readers, recommended: { reader, leads }, entropyBits }: ReadingResult): string {
  const { metrics } = readers.find((one) => one.reader === reader)!
  const next = leads.reduce<ReadingGap | undefined>(
    (least, one) => (least && least.bitsRead.value <= one.bitsRead.value ? least : one),
    undefined,
  )
  const reason =
    next === undefined
      ? ''
      : next.bitsRead.interval[0] > 0
        ? `, ${metric(next.bitsRead, 0)} more than the next, ${next.than}`
        : `; these codes do not tell it from ${next.than}, ${metric(next.bitsRead, 0)} bits behind`
  return (
    `recommended: ${colors.bold(reader)}, which reads ${metrics.bitsRead.value.toFixed(0)} of ` +
    `${entropyBits.toFixed(0)} bits${reason}`
  )
}
