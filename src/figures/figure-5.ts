import { pursuitRule } from '../bounds/mp-rules.js'
import { range } from './layers.js'
import { sampledFigure } from './sampled-figure.js'
import { mapPanel, mapsWork, pursuitOverlay, type SuccessMap } from './success-maps.js'

const maps = [8, 12, 16, 20].map(
  (power): SuccessMap => ({
    decoder: 'matching-pursuit',
    power,
    ks: range(4, 100, 4),
    ds: range(64, 2048, 64),
    centre: (N, k) => pursuitRule(N, k, 1),
    near: 8,
    far: 4,
    measured: { 0.5: [5, 20, 50, 100], 0.99: [5, 50, 100] },
    overlays: [
      pursuitOverlay(1, 'k log2(eN/k), “even odds”', 'ochre'),
      pursuitOverlay(1.3, '1.3 k log2(eN/k), “very reliable”', 'brick'),
    ],
  }),
)
const { rates, dimensions } = mapsWork(maps)

/** Figure 5 of the paper: success of matching pursuit over k and d. */
export const figure5 = sampledFigure(
  { id: '5', title: 'Success of matching pursuit' },
  rates,
  dimensions,
  (results) => ({
    caption:
      'Success rate of matching pursuit with unit steps over k and d, with the paper’s two rules and, ' +
      'in black, the dimensions at which the measured rate is 50 % and 99 %.',
    columns: 4,
    panels: maps.map((map) => mapPanel(map, 'MP', results)),
  }),
)
