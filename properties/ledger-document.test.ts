import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ledger as entries } from './ledger.js'
import { countsText, ledgerDocument, loaded } from './ledger-document.js'

const ledger = await loaded(entries)

test('docs/ledger.md is what `npm run ledger` makes of the rows', () => {
  expect(readFileSync('docs/ledger.md', 'utf8')).toBe(ledgerDocument(ledger))
})

test('what is called proved has a proof, and no sentence stands in two rows', () => {
  for (const { id, expected, account } of ledger)
    if (expected === 'proved') expect(account.proof, id).toBeDefined()
  expect(new Set(ledger.map(({ statement }) => statement)).size).toBe(ledger.length)
})

test('a row that reads a record says so beside its false alarm', () => {
  const reads = ledger.filter(({ check }) => check.toString().includes('stored('))
  for (const { id, besides } of reads) expect(besides, id).toBeDefined()
  expect(reads.length).toBeGreaterThan(8)
})

test('README counts the verdicts as the ledger does', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(`${countsText(ledger)}.`)
})
