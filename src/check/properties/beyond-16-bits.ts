import { instance } from '../../arbitraries/instances.js'
import type { Dictionary } from '../../codes/problem.js'
import { ReindexedDictionary } from '../../codes/reindexed.js'
import { randomSubset } from '../../codes/subset.js'
import type { Trial } from '../../codes/trial.js'
import { stream } from '../../random/stream.js'
import { readAlike } from '../equivalent.js'
import type { ContractProperty } from '../property.js'

const SIXTEEN_BITS = 2 ** 16

export const beyond16Bits: ContractProperty = {
  id: 'beyond-16-bits',
  statement: 'codewords from 2^16 on are read as those before',
  instances: instance({
    N: { min: SIXTEEN_BITS + 64, max: SIXTEEN_BITS + 2048 },
    k: { min: 1, max: 3 },
    d: { min: 320, max: 420 },
    codewords: ['rademacher'],
  }),
  runs: 6,
  ofFamilies: true,
  refusable: true,
  async examine(subject, drawn, seed) {
    const trial = subject.draw(drawn, seed)
    const random = stream(seed, 'places', drawn.N, drawn.trial)
    const low = randomSubset(SIXTEEN_BITS, drawn.k, random)
    const high = randomSubset(drawn.N - SIXTEEN_BITS, drawn.k, random).map((i) => SIXTEEN_BITS + i)
    await readAlike(subject, moved(trial, low), moved(trial, high), 'its subset moved beyond 2^16')
  },
}

/** The problem with its members moved to these places, in exchange for what was there. */
function moved({ problem, subset, random }: Trial, places: readonly number[]): Trial {
  const { size } = problem.dictionary
  const order = Uint32Array.from({ length: size }, (_, i) => i)
  subset.forEach((member, m) => {
    const from = order.indexOf(member)
    ;[order[from], order[places[m]]] = [order[places[m]], order[from]]
  })
  const dictionary: Dictionary = new ReindexedDictionary(problem.dictionary, order)
  return { problem: { ...problem, dictionary }, subset: places, random }
}
