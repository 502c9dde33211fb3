import { expect, test } from 'vitest'
import { ledgerBudget, runClaim, shareOf } from '../src/ledger/run.js'
import { ledger } from './ledger.js'

const budget = ledgerBudget(ledger)

test('no id is given twice', () => {
  expect(new Set(ledger.map(({ id }) => id)).size).toBe(ledger.length)
})

test.each(ledger)('$id', async (entry) => {
  const claim = await entry.load()
  const row = await runClaim(claim, shareOf(entry, budget), '1')
  expect(row.verdict, `${claim.statement}\n${row.evidence}\nreplay: ${row.replay}`).toBe(claim.expected)
})
