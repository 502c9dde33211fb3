import { countingBound } from '../../bounds/counting-bound.js'
import { entropyBits } from '../../bounds/entropy.js'
import type { SuccessRate } from '../../success/success.js'
import { intervalText, numberText, powerText } from '../format.js'
import type { ReferenceRow } from '../report.js'
import { dataTable, h, section } from './dom.js'
import { decoderLabel, sizeText } from './names.js'
import { typeset } from './typeset.js'

/** What a bit costs each decoder at the reference point: a bar and a number each. */
export function priceList(rows: readonly ReferenceRow[]): HTMLElement {
  const [{ N, k, confidence }] = rows
  const most = Math.max(...rows.map(({ interval }) => interval[1]))
  const least = countingBound(N, k) / entropyBits(N, k)
  return h(
    'div',
    { class: 'prices' },
    h(
      'p',
      {},
      typeset(`Dimensions per bit, for even odds of exact recovery at N = ${sizeText(N)}, k = ${k}:`),
    ),
    h(
      'ul',
      {},
      rows.map(({ decoder, dimsPerBit, interval }) =>
        h(
          'li',
          {},
          h('span', {}, decoderLabel(decoder)),
          h('strong', {}, dimsPerBit.toFixed(2)),
          h('small', {}, intervalText(interval, 2)),
          h('i', { 'aria-hidden': 'true', style: `width:${((100 * dimsPerBit) / most).toFixed(1)}%` }),
        ),
      ),
    ),
    h(
      'p',
      { class: 'note' },
      `Each interval ${numberText(100 * confidence)} %. No decoder whatever can go below ${least.toFixed(2)}.`,
    ),
  )
}

/** The decoders at the reference point: by the conditional method, and by whole decodes over real dictionaries. */
export const referenceSection = (rows: readonly ReferenceRow[]): HTMLElement =>
  section(
    'reference',
    'Real decodes',
    'The dimension of even odds is computed given the members, without a dictionary. Here it meets whole decodes over real dictionaries of ' +
      'all N codewords, at that dimension: the two rates must agree.',
    dataTable(
      'The reference point',
      [
        '',
        'decoder',
        'N',
        'k',
        'd at even odds',
        'dims per bit',
        'd',
        'rate given the members',
        'rate of real decodes',
        'false alarm at most',
        'again',
      ],
      rows.map(
        ({
          passed,
          decoder,
          N,
          k,
          dimension,
          dimensionInterval,
          dimsPerBit,
          interval,
          conditional,
          simulation,
          alpha,
          replay,
        }) => [
          h('span', { class: passed ? 'proved' : 'refuted' }, passed ? '✓ agree' : '✕ differ'),
          decoderLabel(decoder),
          sizeText(N),
          String(k),
          `${dimension.toFixed(1)} ${intervalText(dimensionInterval, 1)}`,
          `${dimsPerBit.toFixed(3)} ${intervalText(interval)}`,
          String(simulation.d),
          rateText(conditional),
          rateText(simulation),
          powerText(alpha),
          h('code', {}, replay),
        ],
      ),
      [2, 3, 6],
    ),
  )

const rateText = ({ successRate, interval, trials }: SuccessRate): string =>
  `${successRate.toFixed(3)} ${intervalText(interval)}, ${trials} trials`
