import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { storedResults } from './stored.js'

const reports = fileURLToPath(new URL('../../../reports', import.meta.url))

test('every committed table, board and figure is read as what it is', () => {
  const { figures, d50, leaderboard } = storedResults(reports)
  const names = readdirSync(`${reports}/figures`).filter((name) => name.endsWith('.json'))
  expect(figures!.map(({ id }) => `figure-${id}.json`).sort()).toEqual(names.sort())
  expect(d50!.rows.length).toBeGreaterThan(0)
  expect(leaderboard!.rows.length).toBeGreaterThan(0)
})
