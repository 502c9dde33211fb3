export type { Codewords } from '../codes/ensembles/ensembles.js'
export { drawInstance, type Instance, instanceText, parseInstance } from './instance.js'
export { type InstanceConstraints, instance } from './instances.js'
export type { Range } from './range.js'
export { type RegimeConstraints, regime } from './regime.js'
export {
  type DrawnTrial,
  dictionary,
  problem,
  subset,
  type TrialConstraints,
  trial,
} from './trial.js'
