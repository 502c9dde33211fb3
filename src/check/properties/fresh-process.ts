import { instance } from '../../arbitraries/instances.js'
import { onlyInOne } from '../../success/trials/judge.js'
import { Breach, type ContractProperty, NotApplicable } from '../property.js'

export const freshProcess: ContractProperty = {
  id: 'fresh-process',
  statement: 'a process that has read nothing before gives the same answer',
  instances: instance({
    N: { min: 8, max: 40 },
    k: { min: 1, max: 4 },
    d: { max: 24 },
    codewords: ['rademacher'],
  }),
  // Each starts a process.
  runs: 3,
  ofProcess: true,
  async examine(subject, drawn, seed) {
    if (!subject.apart) throw new NotApplicable('it runs in this thread')
    const draw = (turn: number) => subject.draw({ ...drawn, trial: drawn.trial + turn }, seed)
    await subject.read(draw(0))
    const warm = await subject.read(draw(1))
    const afresh = await subject.readAfresh(draw(1))
    const difference = onlyInOne(warm.indices, afresh.indices)
    if (difference === undefined) return
    throw new Breach(
      `answers otherwise in a process that has read nothing before: only one answer holds ${difference}`,
    )
  },
}
