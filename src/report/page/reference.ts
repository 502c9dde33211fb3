import type { SuccessRate } from '../../success/success.js'
import { intervalText } from '../format.js'
import { dataTable, section } from './dom.js'
import { intervalStrips } from './interval-strips.js'
import { sizeText } from './names.js'

/** Success rates at a few fixed points, with their intervals on one axis from 0 to 1. */
export function referenceSection(rates: readonly SuccessRate[]): HTMLElement {
  const strips = intervalStrips(
    rates.map(({ interval }) => interval),
    [0, 1],
  )
  return section(
    'reference',
    'Success rates, measured',
    'Exact recovery of the subset at fixed points, each from trials of their own and with an interval that holds for every true rate.',
    dataTable(
      'Success rates',
      [
        'decoder',
        'N',
        'k',
        'd',
        'success rate',
        'interval',
        '0 to 1',
        'confidence',
        'trials',
        'method',
        'seed',
      ],
      rates.map(({ decoder, N, k, d, successRate, interval, confidence, trials, method, seed }, i) => [
        decoder,
        sizeText(N),
        String(k),
        String(d),
        successRate.toFixed(4),
        intervalText(interval, 4),
        strips[i],
        `${100 * confidence} %`,
        String(trials),
        method,
        seed,
      ]),
      [1, 2, 3, 4, 5, 8],
    ),
  )
}
