import { shuffled } from '../../codes/ensembles/ensembles.js'
import { ReindexedDictionary } from '../../codes/reindexed.js'
import { stream } from '../../random/stream.js'
import { transformed } from './transformed.js'

export const permutedCodewords = transformed({
  id: 'permuted-codewords',
  statement: 'permuting the codewords permutes the answer',
  runs: 300,
  how: 'the codewords in another order',
  transform({ problem, subset, random }, { N, trial }, seed) {
    const order = shuffled(Array(N).keys(), stream(seed, 'order', N, trial))
    const members = new Set(subset)
    return {
      random,
      problem: { ...problem, dictionary: new ReindexedDictionary(problem.dictionary, order) },
      subset: order.flatMap((i, at) => (members.has(i) ? [at] : [])),
    }
  },
})
