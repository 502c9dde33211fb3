import { expect, test } from 'vitest'
import { ledgerBudget, runClaim, shareOf } from '../src/ledger/run.js'
import { ledger } from './ledger.js'

const budget = ledgerBudget(ledger)

test('no id is given twice', () => {
  expect(new Set(ledger.map(({ id }) => id)).size).toBe(ledger.length)
})

/** Rows that take longer than half a second: `dpb verify` runs them, and `npm run coverage`. */
const LONG = new Set([
  'equation-4',
  'proposition-1',
  'matched-filter',
  'threshold-implies-top-k',
  'incoherence-recovers',
  'crosstalk',
  'corollary-1',
  'corollary-2',
  'claim-1',
  'rule-threshold',
  'rule-top-k',
  'one-step-asymptotics',
  'mp-even-odds',
  'mp-1.3',
  'bpdn-0.8',
  'figure-3',
  'figure-6',
  'orthogonal-when-wide',
  'coherence-guarantee',
  'rip-guarantee',
  'response-ista',
  'response-foreign-dictionary',
  'response-dark-matter',
  'log-odds',
  'figure-5',
  'ceiling',
  'nobody-passes',
  'visible-amplitude',
  'coupled-dictionaries',
])
const rows = [
  { tags: [], entries: ledger.filter(({ id }) => !LONG.has(id)) },
  { tags: ['verified'], entries: ledger.filter(({ id }) => LONG.has(id)) },
]

for (const { tags, entries } of rows) {
  test.each(entries)('$id', { tags }, async (entry) => {
    const claim = await entry.load()
    const row = await runClaim(claim, shareOf(entry, budget), '1')
    expect(row.verdict, `${claim.statement}\n${row.evidence}\nreplay: ${row.replay}`).toBe(claim.expected)
  })
}
