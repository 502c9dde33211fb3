import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.js'
import { appendStepSummary } from './step-summary.js'

const files = tempFolder()
const path = files.path('summary.md')
const text = () => readFileSync(path, 'utf8')

test('a summary holds less than 1 MiB: the first lines of what does not fit, and then nothing', () => {
  appendStepSummary(path, 'first\n')
  expect(text()).toBe('first\n')
  const lines = Array.from({ length: 50_000 }, (_, i) => `| é ${i} of many lines |`)
  appendStepSummary(path, lines.join('\n'))
  expect(Buffer.byteLength(text())).toBeLessThan(2 ** 20)
  expect(Buffer.byteLength(text())).toBeGreaterThan(0.99 * 2 ** 20)
  const kept = text().split('\n').slice(1, -3)
  expect(kept).toEqual(lines.slice(0, kept.length))
  expect(text()).toMatch(/\nThe rest is left out: a summary holds less than 1 MiB\.\n$/)
  const full = text()
  expect(() => appendStepSummary(path, lines.join('\n'))).toThrow('it is full')
  expect(text()).toBe(full)
})
