import type { Claim } from '../src/ledger/claim.js'
import { crosstalk } from './crosstalk.js'

/** Every claim and every slip of the paper, in the paper's order. */
export const ledger: readonly Claim[] = [crosstalk]
