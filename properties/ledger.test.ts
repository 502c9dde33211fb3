import { expect, test } from 'vitest'
import { runClaim, shares } from '../src/ledger/run.js'
import { ledger } from './ledger.js'

const alphas = shares(ledger)

test.each(ledger)('$id: $statement', async (claim) => {
  const row = await runClaim(claim, alphas.get(claim.id)!, '1')
  expect(row.verdict, `${row.evidence}\nreplay: ${row.replay}`).toBe(claim.expected)
})
