import { instance } from '../../arbitraries/instances.js'
import type { ContractProperty } from '../property.js'

export const sparsityExtremes: ContractProperty = {
  id: 'sparsity-extremes',
  statement: 'k = 0, k = 1 and k = N are answered',
  instances: instance({ N: { max: 30 }, d: { max: 64 }, codewords: ['rademacher', 'repeated', 'gaussian'] }),
  runs: 50,
  async examine(subject, drawn, seed) {
    for (const k of [0, 1, drawn.N]) await subject.read(subject.draw({ ...drawn, k }, seed))
  },
}
