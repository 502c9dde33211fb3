import { nearestPart, type PassTask, productsPart } from './passes.js'

/** A thread's share of a pass over the pairs of codewords, or of coordinates. */
export default (task: PassTask) => (task.kind === 'nearest' ? nearestPart(task) : productsPart(task))
