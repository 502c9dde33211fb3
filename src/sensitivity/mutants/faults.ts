import { faultsInTheAnswer } from './in-the-answer.js'
import { faultsInTheCode } from './in-the-code.js'
import { faultsInTheState } from './in-the-state.js'
import type { Alteration } from './mutant.js'

/** Faults of graded size to plant in any decoder: what a verification suite must notice. */
export const faults: readonly Alteration[] = [...faultsInTheCode, ...faultsInTheAnswer, ...faultsInTheState]
