import { ruleThreshold, ruleTopK } from '../bounds/rules-of-thumb.js'
import { thresholdFiniteDimension } from '../bounds/threshold-finite.js'
import { topKFiniteDimension } from '../bounds/top-k-finite.js'
import { range } from './layers.js'
import { sampledFigure } from './sampled-figure.js'
import { mapPanel, mapsWork, type SuccessMap } from './success-maps.js'

const decoders = [
  { decoder: 'threshold', rule: ruleThreshold, law: thresholdFiniteDimension },
  { decoder: 'top-k', rule: ruleTopK, law: topKFiniteDimension },
]

const maps = decoders.flatMap(({ decoder, rule, law }) =>
  [8, 12, 16, 20].map((power): SuccessMap => {
    const even = (N: number, k: number) => law(N, k, 0.5)
    return {
      decoder,
      power,
      ks: range(4, 100, 4),
      ds: range(256, 8192, 256),
      centre: even,
      near: 12,
      far: 4,
      measured: { 0.5: [5, 20, 50, 100], 0.99: [5, 50, 100] },
      overlays: [
        { role: 'rule', name: 'the paper’s rule: 8k ln N, 4k ln(kN)', ink: 'brick', dimension: rule },
        { role: 'law', name: 'd50 by the Gaussian law', ink: 'cyan', dimension: even },
      ],
    }
  }),
)
const { rates, dimensions } = mapsWork(maps)

/** Figure 3 of the paper: one-step success over k and d. */
export const figure3 = sampledFigure(
  { id: '3', title: 'Success of threshold and top-k decoding' },
  rates,
  dimensions,
  (results) => ({
    caption:
      'Success rate of threshold decoding (above) and top-k decoding (below) over k and d. Red: the ' +
      'paper’s rules, 8k ln N and 4k ln(kN). Black: the dimensions at which the measured rate is 50 % ' +
      'and 99 %. The Gaussian law of even odds, a thin line, lies on the measured one.',
    columns: 4,
    panels: maps.map((map) => mapPanel(map, map.decoder, results)),
  }),
)
