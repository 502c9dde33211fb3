import { instance } from '../../arbitraries/instances.js'
import { coherence } from '../../certificates/coherence.js'
import { type ContractProperty, NotApplicable, Unfit } from '../property.js'
import { readRight } from '../read-right.js'

export const incoherent: ContractProperty = {
  id: 'incoherent',
  statement: 'dictionaries below the coherence that the decoder promises to read are read without error',
  instances: instance({
    N: { min: 2, max: 10 },
    k: { min: 1, max: 4 },
    d: { min: 16, max: 400 },
    codewords: ['rademacher', 'gaussian'],
  }),
  runs: 300,
  async examine(subject, drawn, seed) {
    if (!subject.promises) throw new NotApplicable('it promises none')
    const mu = coherence(subject.draw({ ...drawn, k: 0 }, seed).problem.dictionary)
    let k = drawn.k
    while (k > 0 && !(mu < (await subject.guarantee(k)))) k--
    if (k === 0) throw new Unfit('no dictionary is coherent enough')
    await readRight(subject, { ...drawn, k }, seed)
  },
}
