import { instance } from '../../arbitraries/instances.js'
import { stream } from '../../random/stream.js'
import { onlyInOne } from '../../success/trials/judge.js'
import { Breach, type ContractProperty } from '../property.js'

/** Milliseconds between the two answers, as the clocks have it: half a year. */
const AHEAD = 1.5e10

export const sameAnswer: ContractProperty = {
  id: 'same-answer',
  statement: 'the same problem gets the same answer, whatever global generators and the clocks say',
  instances: instance({ d: { max: 64 }, codewords: ['rademacher', 'repeated', 'gaussian'] }),
  runs: 300,
  async examine(subject, drawn, seed) {
    const answer = (turn: number) => {
      const random = stream(seed, 'Math.random', turn, drawn.trial).state()
      return subject.read(subject.draw(drawn, seed), { disturbance: { random, ahead: turn * AHEAD } })
    }
    const first = await answer(0)
    const second = await answer(1)
    const difference = onlyInOne(first.indices, second.indices)
    if (difference === undefined) return
    throw new Breach(`gives two answers to one problem, of which only one holds ${difference}`)
  },
}
