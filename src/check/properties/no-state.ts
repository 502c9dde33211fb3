import { instance } from '../../arbitraries/instances.js'
import { onlyInOne } from '../../success/trials/judge.js'
import { Breach, type ContractProperty } from '../property.js'

export const noState: ContractProperty = {
  id: 'no-state',
  statement: 'no answer depends on the problems before it, of other dictionaries of the same shape',
  instances: instance({ N: { min: 2, max: 40 }, d: { max: 64 }, codewords: ['rademacher', 'gaussian'] }),
  runs: 150,
  async examine(subject, drawn, seed) {
    const read = async (trial: number) =>
      (await subject.read(subject.draw({ ...drawn, trial: drawn.trial + trial }, seed))).indices
    const first = [await read(0), await read(1)]
    const again = [await read(0), await read(1)]
    for (const turn of [0, 1]) {
      const difference = onlyInOne(first[turn], again[turn])
      if (difference !== undefined) {
        throw new Breach(
          `answers a problem otherwise after another one of the same shape: only one answer holds ${difference}`,
        )
      }
    }
  },
}
