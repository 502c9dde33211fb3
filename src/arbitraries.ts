export type { Codewords } from './arbitraries/codewords.js'
export { drawInstance, type Instance, instanceText, parseInstance } from './arbitraries/instance.js'
export { type InstanceConstraints, instance } from './arbitraries/instances.js'
export type { Range } from './arbitraries/range.js'
export { type RegimeConstraints, regime } from './arbitraries/regime.js'
export {
  type DrawnTrial,
  dictionary,
  problem,
  subset,
  type TrialConstraints,
  trial,
} from './arbitraries/trial.js'
