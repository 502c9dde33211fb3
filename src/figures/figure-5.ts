import { pursuitRule } from '../bounds/mp-rules.js'
import { type MapRow, mapPanels, mapsWork } from './success-maps.js'
import { sampledFigure } from './work.js'

const LARGEST = 2048

const rows: readonly MapRow[] = [
  {
    decoder: 'matching-pursuit',
    label: 'matching pursuit',
    overlays: [
      {
        role: 'rule',
        name: 'k log2(eN/k): “even odds”',
        ink: 'ochre',
        dimension: (N, k) => pursuitRule(N, k, 1),
      },
      {
        role: 'rule',
        name: '1.3 k log2(eN/k): “very reliable”',
        ink: 'brick',
        dimension: (N, k) => pursuitRule(N, k, 1.3),
      },
    ],
  },
]
const { rates, dimensions } = mapsWork(rows, LARGEST)

/** Figure 5 of the paper: success of matching pursuit over k and d. */
export const figure5 = sampledFigure(
  { id: '5', title: 'Success of matching pursuit' },
  rates,
  dimensions,
  (results) => ({
    caption:
      'Success rate of matching pursuit with unit steps over k and d, with the paper’s two rules and the dimensions at which the measured rate is 50 % and 99 %.',
    ...mapPanels(rows, LARGEST, results),
  }),
)
