import { evolution } from '../bounds/general/evolution.js'
import { modelProblem } from '../bounds/general/model-problem.js'
import { noiseAt } from '../bounds/general/recall-laws.js'
import { quoted } from '../io/text/shell.js'
import { REFERENCE, type RecallPrices, recallPrices } from '../leaderboard/recall-price.js'
import { endsToDigits } from '../numerics/round.js'
import type { Curve, Ink } from '../results/figure.js'
import type { FigureMaker } from './figure-maker.js'
import { asStored, range } from './layers.js'

const shares = range(0.1, 0.9, 0.05)
const inks: Record<string, Ink> = {
  'top-k': 'ochre',
  'orthogonal-matching-pursuit': 'violet',
  'amp-bernoulli': 'rose',
}

/** Recall where it was measured, decoder by decoder. */
const measured = ({ prices }: RecallPrices): Curve[] =>
  Object.entries(inks).map(([decoder, ink]) => ({
    kind: 'curve',
    role: 'measured',
    name: decoder,
    ink,
    points: prices
      .filter((price) => price.decoder === decoder)
      .map(({ at, recall }) => ({
        x: at,
        y: asStored(recall.value),
        interval: endsToDigits(recall.interval, 6),
      })),
  }))

/** What each share of the active codewords costs in dimensions. */
function laws(): Curve[] {
  const { N, k, model } = REFERENCE
  const problem = modelProblem(model, N, k)
  const curve = evolution(problem)
  const law = (name: string, ink: Ink, dimension: (tau: number) => number): Curve => ({
    kind: 'curve',
    role: 'law',
    name,
    ink,
    dash: 'dotted',
    points: shares.map((share) => ({ x: asStored(dimension(noiseAt(curve, share))), y: asStored(share) })),
  })
  return [
    law('one step (law)', 'ochre', (tau) => problem.energy / tau ** 2),
    law('AMP, state evolution', 'rose', curve.ampDimension),
    law('genie: no decoder below', 'ink', (tau) => problem.noiseEnergy / tau ** 2),
  ]
}

/** What each share of the active codewords costs, by the laws and as measured. */
export const recallPrice: FigureMaker = {
  id: 'recall-price',
  whole: true,
  title: 'What recall costs',
  async make(context) {
    const { seed, shard } = context
    if (shard) return undefined
    const prices = await recallPrices(context)
    return {
      id: this.id,
      title: this.title,
      caption:
        'The dimension at which a share of the active codewords is named, as many being named as are active: ' +
        `N = ${prices.N}, k = ${prices.k}, half-normal amplitudes, 10 % noise. Dots are measured, with ` +
        `${100 * prices.confidence} % intervals; dotted are the Gaussian laws. Half of them cost ` +
        'one-step reading ten times what the genie needs; small amplitudes, not crosstalk, are what the last ' +
        'tenth pays for.',
      command: `dpb figure recall-price --seed ${quoted(seed)}`,
      seed,
      confidence: prices.confidence,
      columns: 1,
      panels: [
        {
          title: 'recall against dimension',
          x: { label: 'd', scale: 'log2', domain: [2 ** 4, 2 ** 17] },
          y: { label: 'recall', scale: 'linear', domain: [0, 1] },
          layers: [...laws(), ...measured(prices)],
        },
      ],
    }
  },
}
