import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { paint, terminalLine } from '../io/text/terminal.js'
import { table } from './text-table.js'

const terminal = { ...process.stdout }
afterEach(() => void Object.assign(process.stdout, { isTTY: terminal.isTTY, columns: terminal.columns }))

test('columns stand under their titles, numbers to the right, colours take no room, a row is a line', () => {
  const green = paint((text) => `\u001b[32m${text}\u001b[39m`)
  const rows = [
    [green('✓'), 'top-k', '1284.5', 'two\nlines'],
    ['', 'threshold', '–', 'one'],
  ]
  expect(table(['', 'decoder', 'd50', 'note'], rows).map(terminalLine)).toEqual([
    '   decoder       d50  note',
    '\u001b[32m✓\u001b[39m  top-k      1284.5  two\\nlines',
    '   threshold       –  one',
  ])
})

test('on a narrow terminal the last column wraps between words: every line fits, and no word is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-z≥]{1,9}$/), { minLength: 1, maxLength: 30 })
  const sizes = fc.record({
    columns: fc.integer({ min: 40, max: 90 }),
    rows: fc.array(words, { minLength: 1 }),
  })
  fc.assert(
    fc.property(sizes, ({ columns, rows }) => {
      Object.assign(process.stdout, { isTTY: true, columns })
      const lines = table(
        ['id', 'note'],
        rows.map((note, i) => [`row${i}`, note.join(' ')]),
      )
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
      const read = lines.slice(1).map((line) => line.replace(/^(row\d+)? +/, ''))
      expect(read.join(' ')).toBe(rows.flat().join(' '))
    }),
  )
})
