import type { ContractViolation } from '../trials/sampler.js'

/** Faults that a result lists. */
const FAULTS_SHOWN = 5

/** What a result says of trials in which its decoder broke the contract, or refused to read; they count as failures. */
export interface FaultSummary {
  readonly faultCount: number
  /** The first few of them. */
  readonly faults: readonly ContractViolation[]
  /** Where no trial has a valid answer: whether the decoder broke its contract in any, or refused them all. */
  readonly unanswered?: 'broken' | 'refused'
}

/** @param trials how many were run */
export function faultSummary(faults: readonly ContractViolation[], trials: number): FaultSummary {
  const refused = faults.every(({ kind }) => kind === 'refused')
  return {
    faultCount: faults.length,
    faults: faults.slice(0, FAULTS_SHOWN),
    ...(faults.length > 0 && faults.length >= trials && { unanswered: refused ? 'refused' : 'broken' }),
  }
}
