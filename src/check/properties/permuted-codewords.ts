import { drawInstance } from '../../arbitraries/instance.js'
import { instance } from '../../arbitraries/instances.js'
import { shuffled } from '../../codes/ensembles/ensembles.js'
import { ReindexedDictionary } from '../../codes/reindexed.js'
import { stream } from '../../random/stream.js'
import { readAlike } from '../equivalent.js'
import type { ContractProperty } from '../property.js'

export const permutedCodewords: ContractProperty = {
  id: 'permuted-codewords',
  statement: 'permuting the codewords permutes the answer',
  instances: instance({
    N: { min: 2, max: 60 },
    k: { min: 1, max: 5 },
    d: { min: 6, max: 120 },
    codewords: ['gaussian'],
  }),
  runs: 300,
  async examine(subject, drawn, seed) {
    const trial = drawInstance(drawn, seed)
    const order = shuffled(Array(drawn.N).keys(), stream(seed, 'order', drawn.N, drawn.trial))
    const members = new Set(trial.subset)
    const permuted = {
      random: trial.random,
      problem: { ...trial.problem, dictionary: new ReindexedDictionary(trial.problem.dictionary, order) },
      subset: order.flatMap((i, at) => (members.has(i) ? [at] : [])),
    }
    await readAlike(subject, trial, permuted, 'the codewords in another order')
  },
}
