import type { GeneralPlan, PlannedModelBound } from '../../bounds/general/general-plan.js'
import type { ReadBy, WhatIsRead } from '../../bounds/general/what-is-read.js'
import { digitsText, dimensionText } from '../../results/number-text.js'
import { dataTable, h } from './dom.js'
import { fold, isWide } from './fold.js'
import { decoderLabel } from './names.js'
import { typeset } from './typeset.js'

/** What theory says of noisy codes: of d dimensions where they were asked for, then every law and converse. */
export const modelPlanElements = ({ bounds, reading, entropyBits }: GeneralPlan): HTMLElement[] => [
  ...(reading ? readingElements(reading, entropyBits) : []),
  fold(
    'bounds of the model',
    h('h3', {}, `Every law and converse of this model: ${bounds.length}`),
    isWide(),
    boundsTable(bounds, reading?.d),
  ),
]

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const bits = (value: number | null): string => (value === null ? '–' : value.toFixed(1))

function readingElements(reading: WhatIsRead, H: number): HTMLElement[] {
  const { d, readers, correlationWall, oneStepWall, capacity, capacityLessAmplitudes } = reading
  const walls = [
    `Any encoder: Σ corr² with the amplitudes is at most ${correlationWall.toFixed(1)}.`,
    oneStepWall !== null && `Separate scores: at most ${bits(oneStepWall)} bits, by the Gaussian law.`,
    capacity !== null &&
      `Anyone: at most ${bits(capacity)} bits, ${bits(capacityLessAmplitudes)} after amplitudes.`,
  ].filter((line) => line !== false)
  const table = dataTable(
    `What can be read of d = ${d}`,
    ['decoder', 'by', 'recall', 'precision', 'visible from', 'bits read', 'of H', 'soft bits'],
    readers.map((row) => readerCells(row, H)),
    { numeric: [2, 3, 4, 5, 6, 7], stacked: true },
  )
  table.classList.add('readers')
  return [
    h('h3', {}, `What can be read of ${dimensionText(d)} dimensions?`),
    sharesElement(reading),
    table,
    h('p', { class: 'note' }, ...typeset(walls.join(' '))),
  ]
}

const readerCells = (row: ReadBy, H: number) => [
  decoderLabel(row.decoder),
  row.law,
  h('span', { 'data-reader': row.decoder, 'data-recall': row.recall }, percent(row.recall)),
  percent(row.precision),
  row.visibleAmplitude.toFixed(3),
  bits(row.bitsRead),
  row.bitsRead === null ? '–' : percent(row.bitsRead / H),
  bits(row.softBitsRead),
]

/** The active codewords, by who reads them: one layer, iteration, a genie, nobody. */
export function sharesElement({ readers, outOfReach }: WhatIsRead): HTMLElement {
  const recall = (decoder: string) => readers.find((row) => row.decoder === decoder)!.recall
  const [oneLayer, iterated] = [recall('top-k'), recall('amp-bernoulli')]
  const genie = 1 - outOfReach
  const parts = [
    { kind: 'one-layer', share: oneLayer, text: 'read by a one-layer encoder' },
    { kind: 'iterated', share: Math.max(0, iterated - oneLayer), text: 'more by iteration (AMP)' },
    { kind: 'open', share: Math.max(0, genie - iterated), text: 'perhaps by a decoder not yet found' },
    { kind: 'nobody', share: outOfReach, text: 'by nobody: the genie misses them too' },
  ]
  return h(
    'div',
    { class: 'shares' },
    h(
      'div',
      { class: 'bar', 'aria-hidden': 'true' },
      parts.map(({ kind, share }) => h('span', { class: kind, style: `flex-grow:${share.toFixed(4)}` })),
    ),
    h(
      'ul',
      {},
      parts.map(({ kind, share, text }) =>
        h('li', { class: kind }, h('strong', { 'data-share': share }, percent(share)), ` ${text}`),
      ),
    ),
  )
}

function boundsTable(bounds: readonly PlannedModelBound[], d = 0): HTMLElement {
  const table = dataTable(
    'Laws and converses of the model',
    ['decoder', 'kind', 'd', 'd / H', 'reads', 'statement', 'source'],
    bounds.map(({ id, decoder, kind, criterion, dimension, dimsPerBit, statement, reason, source }) => [
      decoderLabel(decoder),
      h('span', { class: `kind ${kind}` }, kind),
      dimension === null
        ? h('span', { 'data-bound': id }, '–')
        : h(
            'span',
            { 'data-bound': id, 'data-dimension': dimension, class: d >= dimension ? 'met' : undefined },
            dimensionText(dimension),
          ),
      dimsPerBit === null ? '–' : digitsText(dimsPerBit, 3),
      criterion,
      h('span', {}, ...typeset(reason ? `${statement}; here ${reason}` : statement)),
      source,
    ]),
    { numeric: [2, 3] },
  )
  table.classList.add('bounds')
  return table
}
