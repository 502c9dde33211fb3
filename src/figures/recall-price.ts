import { evolution } from '../bounds/general/evolution.js'
import { modelProblem } from '../bounds/general/model-problem.js'
import { noiseAt } from '../bounds/general/recall-laws.js'
import { IDEAL } from '../codes/model/description.js'
import { quoted } from '../io/text/shell.js'
import type { Curve, Ink } from '../results/figure.js'
import type { FigureMaker } from './figure-maker.js'
import { asStored, range } from './layers.js'

const [N, k, noise] = [131072, 64, 0.1]
const shares = range(0.1, 0.9, 0.05)

/** What each share of the active codewords costs in dimensions. */
export const recallPrice: FigureMaker = {
  id: 'recall-price',
  title: 'What recall costs',
  async make({ seed, shard }) {
    if (shard) return undefined
    const problem = modelProblem({ ...IDEAL, noise, amplitudes: 'half-normal' }, N, k)
    const curve = evolution(problem)
    const law = (name: string, ink: Ink, dimension: (tau: number) => number): Curve => ({
      kind: 'curve',
      role: 'law',
      name,
      ink,
      points: shares.map((share) => ({ x: asStored(dimension(noiseAt(curve, share))), y: asStored(share) })),
    })
    return {
      id: this.id,
      title: this.title,
      caption:
        'The dimension at which a share of the active codewords is named, as many being named as are active: ' +
        `N = ${N}, k = ${k}, half-normal amplitudes, 10 % noise, by the Gaussian laws. Half of them cost ` +
        'one-step reading ten times what the genie needs; small amplitudes, not crosstalk, are what the last ' +
        'tenth pays for.',
      command: `dpb figure recall-price --seed ${quoted(seed)}`,
      seed,
      columns: 1,
      panels: [
        {
          title: 'recall against dimension',
          x: { label: 'd', scale: 'log2', domain: [2 ** 4, 2 ** 17] },
          y: { label: 'recall', scale: 'linear', domain: [0, 1] },
          layers: [
            law('one step', 'ochre', (tau) => problem.energy / tau ** 2),
            law('AMP, state evolution', 'rose', curve.ampDimension),
            law('genie: no decoder below', 'ink', (tau) => problem.noiseEnergy / tau ** 2),
          ],
        },
      ],
    }
  },
}
