import { drawInstance } from '../../arbitraries/instance.js'
import { instance } from '../../arbitraries/instances.js'
import { stream } from '../../random/stream.js'
import { readAlike } from '../equivalent.js'
import type { ContractProperty } from '../property.js'
import { mapped } from '../rearranged.js'

export const flippedCoordinates: ContractProperty = {
  id: 'flipped-coordinates',
  statement: 'flipping the sign of coordinates changes nothing',
  instances: instance({
    N: { min: 2, max: 60 },
    k: { min: 1, max: 5 },
    d: { min: 6, max: 120 },
    codewords: ['gaussian'],
  }),
  runs: 200,
  async examine(subject, drawn, seed) {
    const trial = drawInstance(drawn, seed)
    const random = stream(seed, 'flips', drawn.d, drawn.trial)
    const flips = Float64Array.from({ length: drawn.d }, () => (random.uniform() < 0.5 ? -1 : 1))
    const dictionary = mapped(trial.problem.dictionary, (v) => v.map((entry, j) => flips[j] * entry))
    const problem = { ...trial.problem, dictionary, code: dictionary.superpose(trial.subset) }
    await readAlike(subject, trial, { ...trial, problem }, 'coordinates flipped')
  },
}
