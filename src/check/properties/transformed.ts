import type { ExaminedInstance } from '../../arbitraries/instance.js'
import { instance } from '../../arbitraries/instances.js'
import type { Trial } from '../../codes/trial.js'
import { readAlike } from '../equivalent.js'
import type { ContractProperty } from '../property.js'

interface Transformation extends Pick<ContractProperty, 'id' | 'statement' | 'runs'> {
  /** What the other form of the problem has different. */
  readonly how: string
  /** The same problem in another form, with its members. Its randomness comes from the seed and the drawn instance. */
  transform(trial: Trial, drawn: ExaminedInstance, seed: string): Trial
}

/** The clause that a decoder reads a problem over Gaussian codewords iff it reads another form of it. */
export const transformed = ({ id, statement, runs, how, transform }: Transformation): ContractProperty => ({
  id,
  statement,
  instances: instance({
    N: { min: 2, max: 60 },
    k: { min: 1, max: 5 },
    d: { min: 6, max: 120 },
    codewords: ['gaussian'],
  }),
  runs,
  async examine(subject, drawn, seed) {
    const trial = subject.draw(drawn, seed)
    await readAlike(subject, trial, transform(trial, drawn, seed), how)
  },
})
