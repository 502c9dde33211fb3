import { drawInstance } from '../../arbitraries/instance.js'
import { instance } from '../../arbitraries/instances.js'
import { shuffled } from '../../codes/ensembles/ensembles.js'
import { stream } from '../../random/stream.js'
import { readAlike } from '../equivalent.js'
import type { ContractProperty } from '../property.js'
import { mapped } from '../rearranged.js'

export const permutedCoordinates: ContractProperty = {
  id: 'permuted-coordinates',
  statement: 'permuting the coordinates changes nothing',
  instances: instance({
    N: { min: 2, max: 60 },
    k: { min: 1, max: 5 },
    d: { min: 6, max: 120 },
    codewords: ['gaussian'],
  }),
  runs: 300,
  async examine(subject, drawn, seed) {
    const trial = drawInstance(drawn, seed)
    const order = shuffled(Array(drawn.d).keys(), stream(seed, 'order', drawn.d, drawn.trial))
    const dictionary = mapped(trial.problem.dictionary, (v) => Float64Array.from(order, (j) => v[j]))
    const problem = { ...trial.problem, dictionary, code: dictionary.superpose(trial.subset) }
    await readAlike(subject, trial, { ...trial, problem }, 'the coordinates in another order')
  },
}
