import type { Row } from '../src/ledger/claim.js'
import { runClaim } from '../src/ledger/run.js'
import { ledger } from './ledger.js'

interface Task {
  readonly id: string
  readonly alpha: number
  readonly seed: string
}

/** One claim's check in a worker thread. */
export default async function work({ id, alpha, seed }: Task): Promise<Row> {
  return runClaim(await ledger.find((entry) => entry.id === id)!.load(), alpha, seed)
}
