import { instance } from '../../arbitraries/instances.js'
import type { ContractProperty } from '../property.js'

export const inputsUnchanged: ContractProperty = {
  id: 'inputs-unchanged',
  statement: 'code, dictionary and k are left as they were',
  instances: instance({ N: { max: 20 }, d: { max: 40 }, codewords: ['rademacher', 'gaussian'] }),
  runs: 100,
  async examine(subject, drawn, seed) {
    const everyCodeword = Array.from({ length: drawn.N }, (_, i) => i)
    await subject.read(subject.draw(drawn, seed), { watched: everyCodeword })
  },
}
