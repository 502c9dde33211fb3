import { instance } from '../../arbitraries/instances.js'
import { onlyInOne } from '../../success/trials/judge.js'
import { Breach, type ContractProperty, NotApplicable } from '../property.js'

export const acrossProcesses: ContractProperty = {
  id: 'across-processes',
  statement: 'two processes give the same answer',
  instances: instance({ d: { max: 24 }, codewords: ['rademacher', 'repeated', 'gaussian'] }),
  runs: 100,
  ofProcess: true,
  async examine(subject, drawn, seed) {
    if (!subject.apart) throw new NotApplicable('it runs in this thread')
    const here = await subject.read(subject.draw(drawn, seed))
    const there = await subject.readElsewhere(subject.draw(drawn, seed))
    const difference = onlyInOne(here.indices, there.indices)
    if (difference === undefined) return
    throw new Breach(`answers otherwise in another process: only one answer holds ${difference}`)
  },
}
