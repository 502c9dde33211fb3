import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { Row } from '../src/ledger/claim.js'
import { ledgerBudget, shareOf } from '../src/ledger/run.js'
import { ledger } from './ledger.js'

export interface LedgerRun {
  /** Ids to run; all by default. */
  readonly ids?: readonly string[]
  readonly seed?: string
  readonly workers?: number
  /** Called as each row is done. */
  onRow?(row: Row): void
}

/** Check the claims on all cores; rows come back in the ledger's order. A check that breaks rejects. */
export async function runLedger({ ids, seed = '1', workers, onRow }: LedgerRun = {}): Promise<Row[]> {
  const budget = ledgerBudget(ledger)
  const entries = ledger.filter(({ id }) => !ids || ids.includes(id))
  const threads = Math.min(workers ?? availableParallelism(), entries.length)
  const pool = new Piscina({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  })
  try {
    return await Promise.all(
      entries.map(async (entry) => {
        const row: Row = await pool.run({ id: entry.id, alpha: shareOf(entry, budget), seed })
        onRow?.(row)
        return row
      }),
    )
  } finally {
    await pool.destroy()
  }
}
