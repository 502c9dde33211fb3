import type { Description, DescriptionReport } from '../reading/given-codes.js'
import { digitsText } from '../results/number-text.js'
import { intervalText } from './output.js'
import { table } from './text-table.js'

/** What `dpb audit --codes --json` prints of codes that are given. */
export interface DescriptionResult extends DescriptionReport {
  readonly file: string
  readonly sha256: string
  readonly confidence: number
}

/** What each leaves of given codes, against k, and what its description takes. */
export function descriptionText({ file, codes, offset, rows, confidence }: DescriptionResult): string[] {
  const most = Math.max(...rows.filter(isFitted).map(({ k }) => Math.round(k)))
  const ks = [...new Set(rows.filter(isFitted).map(({ k }) => Math.round(k)))].sort((a, b) => a - b)
  const readers = [...new Set(rows.filter(isFitted).map(({ reader }) => reader))]
  const at = (reader: string, k: number) =>
    rows.find((row) => isFitted(row) && row.reader === reader && Math.round(row.k) === k)
  const cells = ({ reader, k, unexplained, bits, supportBits, coefficientBits }: Description) => [
    reader,
    digitsText(k, 3),
    `${unexplained.value.toFixed(3)} ${intervalText(unexplained.interval, 3)}`,
    bits.toFixed(0),
    `${supportBits.toFixed(0)} + ${digitsText(k, 3)} × ${coefficientBits}`,
  ]
  const shown = rows.filter((row) => !isFitted(row) || Math.round(row.k) === most)
  return [
    `variance of ${codes} codes of ${file} that is left, less ${offset === 'mean' ? 'their mean' : offset}, ` +
      'with k codewords and least-squares coefficients',
    ...table(
      ['reader', ...ks.map((k) => `k = ${k}`)],
      readers.map((reader) => [reader, ...ks.map((k) => at(reader, k)?.unexplained.value.toFixed(3) ?? '–')]),
    ),
    `at the last k, about ${100 * confidence} % intervals, and the bits of a code's description: set + coefficients`,
    ...table(['reader', 'k', 'left', 'bits', 'set + coefficients'], shown.map(cells)),
    CAVEAT,
  ]
}

const isFitted = ({ coefficients }: Description): boolean => coefficients === 'least squares'

const CAVEAT =
  'Nobody knows what these codes are made of: what leaves less describes them better, ' +
  'and need not name what is in them.'
