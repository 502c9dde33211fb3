import { loadDecoder } from '../../success/load.js'
import { faults } from '../faults/faults.js'
import { rewrites } from '../faults/rewrites.js'
import { type AlterationReport, examineAlteration } from './examine-alteration.js'
import type { SensitivityTask } from './sensitivity.js'

/** One altered decoder, in a worker thread. */
export default async function work(task: SensitivityTask): Promise<AlterationReport> {
  const decoder = await loadDecoder(task.nameOrPath)
  const alteration = [...rewrites(decoder), ...faults].find(({ id }) => id === task.id)!
  return examineAlteration(decoder, alteration, task.baseline, task)
}
