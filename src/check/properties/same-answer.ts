import { drawInstance } from '../../arbitraries/instance.js'
import { instance } from '../../arbitraries/instances.js'
import { type Stream, stream } from '../../random/stream.js'
import { onlyInOne } from '../../success/trials/simulate-trial.js'
import { Breach, type ContractProperty } from '../property.js'

/**
 * Math.random is no part of the problem, so whatever it says must not matter: it is made to say much that is near 0 or 1, where
 * a rare event hangs on it.
 */
const extreme = (random: Stream) => () => {
  const kind = random.integer(3)
  return kind === 0
    ? random.uniform()
    : kind === 1
      ? random.uniform() * 1e-9
      : 1 - (1 + random.integer(99)) * 1e-9
}

export const sameAnswer: ContractProperty = {
  id: 'same-answer',
  statement: 'the same problem gets the same answer, whatever Math.random says',
  instances: instance({ d: { max: 64 }, codewords: ['rademacher', 'repeated', 'gaussian'] }),
  runs: 300,
  async examine(subject, drawn, seed) {
    const answer = async (turn: number) => {
      const original = Math.random
      const hostile = extreme(stream(seed, 'Math.random', turn, drawn.trial))
      let calls = 0
      Math.random = () => {
        calls++
        return hostile()
      }
      try {
        return { ...(await subject.read(drawInstance(drawn, seed).problem)), calls }
      } finally {
        Math.random = original
      }
    }
    const first = await answer(0)
    const second = await answer(1)
    const difference = onlyInOne(first.indices, second.indices)
    if (difference === undefined) return
    const hint =
      first.calls + second.calls > 0 ? ' (it calls Math.random; only problem.random is seeded)' : ''
    throw new Breach(`of two answers to one problem only one holds ${difference}${hint}`)
  },
}
