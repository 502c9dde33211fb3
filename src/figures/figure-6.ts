import { statisticalDimension } from '../bounds/statistical-dimension.js'
import { range } from './layers.js'
import { sampledFigure } from './sampled-figure.js'
import { mapPanel, mapsWork, pursuitOverlay, type SuccessMap } from './success-maps.js'

const even = (N: number, k: number) => statisticalDimension(N, k, 2).dimension

const map: SuccessMap = {
  decoder: 'bpdn',
  power: 16,
  ks: range(10, 100, 10),
  ds: range(64, 1024, 64),
  centre: even,
  width: 1.25,
  near: 12,
  far: 2,
  overlays: [
    pursuitOverlay(1, 'k log2(eN/k)', 'ochre'),
    pursuitOverlay(0.8, '0.8 k log2(eN/k), the paper’s fit', 'brick'),
    { role: 'law', name: 'statistical dimension', ink: 'cyan', dimension: even },
  ],
}
const { rates, dimensions } = mapsWork([map])

/** Figure 6 of the paper: success of basis pursuit denoising over k and d. */
export const figure6 = sampledFigure(
  { id: '6', title: 'Success of basis pursuit denoising' },
  rates,
  dimensions,
  (results) => ({
    caption:
      'Success rate of basis pursuit denoising over k and d by whole decodes, 12 a cell within a ' +
      'quarter of the transition and 2 elsewhere, with the paper’s rules. The jump from failing to ' +
      'succeeding is at the statistical dimension of basis pursuit, the thin line, which the factor of ' +
      '0.8 fits to within a few percent.',
    columns: 1,
    panels: [mapPanel(map, 'BPDN', results)],
  }),
)
