import { entropyBits } from '../../bounds/entropy.js'
import { idealConverse } from '../../bounds/ideal-converse.js'
import { intervalText, numberText, powerText, sizeText } from '../../results/number-text.js'
import type { ReferenceRow } from '../../results/report.js'
import type { SuccessRate } from '../../success/estimation/success-rate.js'
import { dataTable, h, section } from './dom.js'
import { mark } from './mark.js'
import { decoderLabel } from './names.js'
import { replayElement } from './replay.js'
import { typeset } from './typeset.js'

/** What a bit costs each decoder at the reference point: a bar and a number each. */
export function priceList(rows: readonly ReferenceRow[]): HTMLElement {
  const [{ N, k, confidence }] = rows
  const most = Math.max(...rows.map(({ interval }) => interval[1]))
  const bits = entropyBits(N, k)
  const least = idealConverse(N, k)[0] / bits
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
      `Each interval ${numberText(100 * confidence)} %. On average over dictionaries no decoder does it below ` +
        `${(Math.floor(1000 * least) / 1000).toFixed(3)}.`,
    ),
  )
}

/** The decoders at the reference point: by the conditional method, and by whole decodes over real dictionaries. */
export function referenceSection(rows: readonly ReferenceRow[]): HTMLElement {
  const [{ N, k }] = rows
  return section(
    'reference',
    'Real decodes',
    typeset(
      'The dimension of even odds is computed given the members, without a dictionary. Here it meets ' +
        'whole decodes over real ' +
        `dictionaries of N = ${sizeText(N)} codewords, for k = ${k}, at that dimension: the two rates must agree.`,
    ),
    dataTable(
      'The reference point',
      [
        'decoder',
        'd at even odds',
        'dims per bit',
        'rate given the members',
        'rate of real decodes',
        'the two rates',
      ],
      rows.map(
        ({
          passed,
          decoder,
          dimension,
          dimensionInterval,
          dimsPerBit,
          interval,
          conditional,
          simulation,
          alpha,
        }) => [
          h('strong', {}, decoderLabel(decoder)),
          estimateElement(dimension.toFixed(1), intervalText(dimensionInterval, 1)),
          estimateElement(dimsPerBit.toFixed(3), intervalText(interval)),
          rateElement(conditional),
          rateElement(simulation),
          h(
            'span',
            { class: passed ? 'proved' : 'refuted' },
            mark(passed ? 'check' : 'cross'),
            passed ? ' agree' : ' differ',
            h('small', {}, `false alarm at most ${powerText(alpha)}`),
          ),
        ],
      ),
      { stacked: true },
    ),
    rows.map(({ replay }) => replayElement(replay)),
  )
}

const estimateElement = (point: string, interval: string, note = ''): HTMLElement =>
  h('span', {}, point, ' ', h('small', {}, interval), note && h('small', {}, note))

const rateElement = ({ d, successRate, interval, trials }: SuccessRate): HTMLElement =>
  estimateElement(successRate.toFixed(3), intervalText(interval), `${trials} trials at d = ${d}`)
