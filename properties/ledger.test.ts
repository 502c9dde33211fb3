import { expect, test } from 'vitest'
import { ledgerBudget, runClaim, shareOf } from '../src/ledger/run.js'
import { ledger } from './ledger.js'

const budget = ledgerBudget(ledger)

test.each(ledger)('$id: $statement', async (claim) => {
  const row = await runClaim(claim, shareOf(claim, budget), '1')
  expect(row.verdict, `${row.evidence}\nreplay: ${row.replay}`).toBe(claim.expected)
})
