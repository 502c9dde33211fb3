import { loadDecoder } from '../success/workers/load-decoder.js'
import { type AlterationReport, examineAlteration } from './examine-mutant.js'
import { faults } from './mutants/faults.js'
import { rewrites } from './mutants/rewrites.js'
import type { SensitivityTask } from './sensitivity.js'

/** One altered decoder, in a worker thread. */
export default async function work(task: SensitivityTask): Promise<AlterationReport> {
  const decoder = await loadDecoder(task.nameOrPath)
  const alteration = [...rewrites(decoder), ...faults].find(({ id }) => id === task.id)!
  return examineAlteration(decoder, alteration, task.baseline, task)
}
