import { ruleThreshold, ruleTopK } from '../bounds/rules-of-thumb.js'
import { thresholdFiniteDimension } from '../bounds/threshold-finite.js'
import { topKFiniteDimension } from '../bounds/top-k-finite.js'
import { type MapRow, mapPanels, mapsWork } from './success-maps.js'
import { sampledFigure } from './work.js'

const LARGEST = 8192
const law = { role: 'law', name: 'Gaussian law of d50', ink: 'teal' } as const

const rows: readonly MapRow[] = [
  {
    decoder: 'threshold',
    label: 'threshold',
    overlays: [
      {
        role: 'rule',
        name: 'the paper’s rule: 8k ln N for threshold, 4k ln(kN) for top-k',
        ink: 'brick',
        dimension: ruleThreshold,
      },
      { ...law, dimension: (N, k) => thresholdFiniteDimension(N, k, 0.5) },
    ],
  },
  {
    decoder: 'top-k',
    label: 'top-k',
    overlays: [
      {
        role: 'rule',
        name: 'the paper’s rule: 8k ln N for threshold, 4k ln(kN) for top-k',
        ink: 'brick',
        dimension: ruleTopK,
      },
      { ...law, dimension: (N, k) => topKFiniteDimension(N, k, 0.5) },
    ],
  },
]
const { rates, dimensions } = mapsWork(rows, LARGEST)

/** Figure 3 of the paper: one-step success over k and d. */
export const figure3 = sampledFigure(
  { id: '3', title: 'Success of threshold and top-k decoding' },
  rates,
  dimensions,
  (results) => ({
    caption:
      'Success rate of threshold and top-k decoding over k and d, with the paper’s rules, the Gaussian law of even odds, and the dimensions at which the measured rate is 50 % and 99 %.',
    ...mapPanels(rows, LARGEST, results),
  }),
)
