import { expect, test } from 'vitest'
import { ledger } from '../../properties/ledger.js'
import { runClaim } from '../ledger/run.js'

// The rows of the ledger that a mutant is run against: those without statistics, which any error turns red, and that
// take no second.
const long = [
  'matched-filter',
  'crosstalk',
  'threshold-implies-top-k',
  'incoherence-recovers',
  'claim-1',
  'response-foreign-dictionary',
  'response-dark-matter',
  'coherence-guarantee',
  'rip-guarantee',
]
const rows = ledger.filter(({ id, weight }) => weight === 0 && !long.includes(id))

test.each(rows)('$id', async ({ load }) => {
  const claim = await load()
  expect((await runClaim(claim, 0, '1')).verdict).toBe(claim.expected)
})
