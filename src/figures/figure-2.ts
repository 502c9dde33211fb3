import { entropyBits } from '../bounds/entropy.js'
import { pursuitRule } from '../bounds/mp-rules.js'
import { ruleThreshold, ruleTopK } from '../bounds/rules-of-thumb.js'
import type { Curve, Ink } from '../results/figure.js'
import type { Results } from '../success/estimation/run-tasks.js'
import { computedCurve, measuredCurve, range } from './layers.js'
import { sampledFigure } from './sampled-figure.js'
import { dimensionsAt } from './success-maps.js'

const N = 2 ** 20
const SPARSITIES = { 0.5: [5, 10, 20, 28, 50, 75, 100], 0.99: [5, 10, 20, 100] } as const
const decoders: readonly {
  decoder: string
  short: string
  ink: Ink
  rule: (k: number) => number
  ruleName: string
}[] = [
  {
    decoder: 'threshold',
    short: 'threshold',
    ink: 'brick',
    rule: (k) => ruleThreshold(N, k),
    ruleName: '8k ln N',
  },
  { decoder: 'top-k', short: 'top-k', ink: 'ochre', rule: (k) => ruleTopK(N, k), ruleName: '4k ln(kN)' },
  {
    decoder: 'matching-pursuit',
    short: 'MP',
    ink: 'teal',
    rule: (k) => pursuitRule(N, k, 1.3),
    ruleName: '1.3 k log2(eN/k)',
  },
]
const targets = [0.5, 0.99] as const
const dimensions = decoders.flatMap(({ decoder }) =>
  targets.flatMap((target) => dimensionsAt(decoder, N, SPARSITIES[target], target)),
)

/** Figure 2 of the paper: the dimension that each decoder needs at N = 2^20. */
export const figure2 = sampledFigure(
  { id: '2', title: 'Dimensions that decoders need at N = 2^20' },
  [],
  dimensions,
  (results) => ({
    caption:
      'The dimension at which threshold decoding, top-k decoding and matching pursuit (unit step) ' +
      'succeed with probability 50 % and 99 %, at N = 2^20; and the same per bit of the entropy log2 ' +
      'C(N, k). Bands are intervals. Dotted lines are the paper’s rules.',
    columns: 2,
    panels: [
      {
        title: 'dimension',
        x: { label: 'k', scale: 'linear', domain: [0, 102] },
        y: { label: 'd', scale: 'linear', domain: [0, 16_000] },
        layers: curves(results, 'dimension'),
      },
      {
        title: 'dimensions per bit',
        x: { label: 'k', scale: 'linear', domain: [0, 102] },
        y: { label: 'd / log2 C(N, k)', scale: 'linear', domain: [0, 11] },
        layers: curves(results, 'dimsPerBit'),
      },
    ],
  }),
)

function curves(results: Results, unit: 'dimension' | 'dimsPerBit'): Curve[] {
  const bits = (k: number) => (unit === 'dimension' ? 1 : entropyBits(N, k))
  return decoders.flatMap(({ decoder, short, ink, rule, ruleName }) => {
    const measured = (target: (typeof targets)[number], name: string, dash?: 'dashed') => {
      const look = { name: `${decoder}, ${name}`, label: `${short} ${name}`, ink, ...(dash && { dash }) }
      return measuredCurve(
        look,
        results,
        dimensionsAt(decoder, N, SPARSITIES[target], target),
        unit,
        ({ k }) => k,
      )
    }
    const look = { name: `rule for ${decoder}: ${ruleName}`, label: ruleName, ink, dash: 'dotted' } as const
    return [
      computedCurve('rule', look, range(2, 100), (k) => rule(k) / bits(k)),
      measured(0.99, 'd99', 'dashed'),
      measured(0.5, 'd50'),
    ]
  })
}
