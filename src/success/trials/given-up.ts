import { FailedCheck } from '../../io/failed-check.js'
import { NotExamined } from '../../io/not-examined.js'
import type { ContractViolation } from './sampler.js'

/**
 * What ends a run that these trials leave without a result: FailedCheck for a decoder that breaks its contract in any
 * of them, NotExamined for one that reads none.
 * @param where in which trials, as in `trial 0`
 */
export function givenUp(
  decoder: string,
  faults: readonly ContractViolation[],
  where: string,
): FailedCheck | NotExamined {
  const broken = faults.find(({ kind }) => kind !== 'refused')
  const { message, N, k, d } = broken ?? faults[0]
  const text = `at N = ${N}, k = ${k}, d = ${d}, ${where}: it ${message}; see dpb check`
  return broken
    ? new FailedCheck(`${decoder} breaks its contract ${text}`)
    : new NotExamined(`${decoder} reads no problems ${text}`)
}
