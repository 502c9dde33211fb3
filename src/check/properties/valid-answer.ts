import { instance } from '../../arbitraries/instances.js'
import type { ContractProperty } from '../property.js'

export const validAnswer: ContractProperty = {
  id: 'valid-answer',
  statement: 'the answer is k distinct indices in [0, N)',
  ofVaryingSize: 'the answer is distinct indices in [0, N), as many as the decoder names',
  instances: instance({
    d: { max: 64 },
    codewords: ['rademacher', 'rademacher', 'repeated', 'gaussian', 'coupled'],
  }),
  runs: 300,
  async examine(subject, drawn, seed) {
    await subject.read(subject.draw(drawn, seed))
  },
}
