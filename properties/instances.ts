import type fc from 'fast-check'
import { drawInstance, type Instance } from '../src/arbitraries/instance.js'
import { instance } from '../src/arbitraries/instances.js'
import type { Trial } from '../src/codes/trial.js'

/** A small problem by its parameters; everything random in it comes from the run's seed and the trial number. */
export interface DrawableInstance extends Instance {
  draw(seed: string): Trial
}

/** Small problems, typical and adversarial, as `instance` draws them. */
export const adversarial = ({ largest = 40, widest = 200 } = {}): fc.Arbitrary<DrawableInstance> =>
  instance({ N: { max: largest }, d: { max: widest } }).map((drawn) => ({
    ...drawn,
    draw: (seed) => drawInstance(drawn, seed),
  }))
