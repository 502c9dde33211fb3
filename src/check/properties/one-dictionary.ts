import { instance } from '../../arbitraries/instances.js'
import { randomSubset } from '../../codes/subset.js'
import type { Trial } from '../../codes/trial.js'
import { stream } from '../../random/stream.js'
import { onlyInOne } from '../../success/trials/judge.js'
import { Breach, type ContractProperty } from '../property.js'

export const oneDictionary: ContractProperty = {
  id: 'one-dictionary',
  statement: 'two codes over one dictionary are answered alike in either order, and alone',
  instances: instance({ N: { min: 2, max: 40 }, d: { max: 64 }, codewords: ['rademacher', 'gaussian'] }),
  runs: 150,
  async examine(subject, drawn, seed) {
    const read = async (trial: Trial) => (await subject.read(trial)).indices
    const alone = [0, 1].map((which) => trialOver(subject.draw(drawn, seed), which, seed))
    const together = subject.draw(drawn, seed)
    const [a, b] = [0, 1].map((which) => trialOver(together, which, seed))
    const expected = [await read(alone[0]), await read(alone[1])]
    for (const [trial, which] of [
      [a, 0],
      [b, 1],
      [a, 0],
    ] as const) {
      const difference = onlyInOne(expected[which], await read(trial))
      if (difference !== undefined) {
        throw new Breach(
          `answers a code otherwise after another one over the same dictionary: only one answer holds ${difference}`,
        )
      }
    }
  },
}

/** A trial over the same dictionary object, with a subset of its own. */
function trialOver({ problem, random }: Trial, which: number, seed: string): Trial {
  const { dictionary, k } = problem
  const subset = randomSubset(dictionary.size, k, stream(seed, 'one dictionary', which, dictionary.size, k))
  return { problem: { ...problem, code: dictionary.superpose(subset) }, subset, random }
}
