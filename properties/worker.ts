import type { Row } from '../src/ledger/claim.js'
import { runClaim } from '../src/ledger/run.js'
import { inNotation } from '../src/results/number-text.js'
import { ledger } from './ledger.js'

interface Task {
  readonly id: string
  readonly alpha: number
  readonly seed: string
}

/** One claim's check in a worker thread. Its sentences leave with numbers as they stand everywhere. */
export default async function work({ id, alpha, seed }: Task): Promise<Row> {
  const row = await runClaim(await ledger.find((entry) => entry.id === id)!.load(), alpha, seed)
  return {
    ...row,
    statement: inNotation(row.statement),
    evidence: inNotation(row.evidence),
    ...(row.part !== undefined && { part: inNotation(row.part) }),
  }
}
