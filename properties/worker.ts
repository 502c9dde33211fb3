import type { Row } from '../src/ledger/claim.js'
import { runClaim } from '../src/ledger/run.js'
import { ledger } from './ledger.js'

/** One claim's check in a worker thread. */
export default function work({ id, alpha, seed }: { id: string; alpha: number; seed: string }): Promise<Row> {
  return runClaim(ledger.find((claim) => claim.id === id)!, alpha, seed)
}
