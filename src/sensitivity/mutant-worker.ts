import { loadDecoder } from '../success/workers/load-decoder.js'
import { examineMutant, type MutantReport } from './examine-mutant.js'
import { faults } from './mutants/faults.js'
import { rewrites } from './mutants/rewrites.js'
import type { SensitivityTask } from './sensitivity.js'

/** One mutated decoder, in a worker thread. */
export default async function work(task: SensitivityTask): Promise<MutantReport> {
  const decoder = await loadDecoder(task.nameOrPath)
  const mutant = [...rewrites(decoder), ...faults].find(({ id }) => id === task.id)!
  return examineMutant(decoder, mutant, task.baseline, task)
}
