import { drawInstance } from '../../arbitraries/instance.js'
import { instance } from '../../arbitraries/instances.js'
import { coherence } from '../../certificates/coherence.js'
import { type ContractProperty, Unfit } from '../property.js'
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
    const { coherenceGuarantee } = subject.decoder
    if (!coherenceGuarantee) throw new Unfit('promises nothing')
    const mu = coherence(drawInstance({ ...drawn, k: 0 }, seed).problem.dictionary)
    let k = drawn.k
    while (k > 0 && !(mu < coherenceGuarantee(k))) k--
    if (k === 0) throw new Unfit('no certificate')
    await readRight(subject, { ...drawn, k }, seed)
  },
}
