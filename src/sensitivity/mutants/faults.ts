import { faultsInTheAnswer } from './in-the-answer.js'
import { faultsInTheCode } from './in-the-code.js'
import { faultsInTheState } from './in-the-state.js'
import type { Mutant } from './mutant.js'

/** Faults of graded size to plant in any decoder: what a verification suite must notice. */
export const faults: readonly Mutant[] = [...faultsInTheCode, ...faultsInTheAnswer, ...faultsInTheState]
