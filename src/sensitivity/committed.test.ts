import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sensitivityMarkdown, sensitivitySummary } from '../report/sensitivity.js'
import type { SensitivityReport } from './sensitivity.js'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const { reports } = JSON.parse(read('reports/sensitivity.json')) as { reports: SensitivityReport[] }
const rows = reports.flatMap((report) => report.rows)

test('thirty faults in each decoder, and twelve rewrites, none of which is blamed', () => {
  for (const report of reports) {
    expect(report.rows.filter(({ kind }) => kind === 'fault')).toHaveLength(30)
  }
  const rewrites = rows.filter(({ kind }) => kind === 'rewrite')
  expect(new Set(rewrites.map(({ id }) => id)).size).toBeGreaterThanOrEqual(12)
  expect(rewrites.filter(({ fate }) => fate !== 'kept')).toEqual([])
})

test('every fault that breaks the contract, or moves the dimension by 2 % or more, is caught', () => {
  const grave = rows.filter(
    ({ kind, check, bracket }) =>
      kind === 'fault' && (check.broken !== undefined || (bracket?.drift?.estimate ?? 0) >= 0.02),
  )
  expect(grave.filter(({ fate }) => fate !== 'caught')).toEqual([])
  expect(rows.filter(({ fate }) => fate === 'unnoticed')).toEqual([])
})

test('the page and the lines in the README are those of the committed run', () => {
  expect(read('reports/sensitivity.md')).toBe(sensitivityMarkdown(reports))
  for (const report of reports) expect(read('README.md')).toContain(`\n- ${sensitivitySummary(report)}.\n`)
})
