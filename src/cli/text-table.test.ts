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

const rowsOf = (columns: number, head: readonly string[], rows: readonly (readonly string[])[]) => {
  Object.assign(process.stdout, { isTTY: true, columns })
  return table(head, rows)
}

test.each([
  [40, 99],
  [100, 140],
])('on a terminal of %i to %i columns every line fits, and no word is lost', (min, max) => {
  const words = fc.array(fc.stringMatching(/^[a-z≥]{1,9}$/), { minLength: 1, maxLength: 40 })
  const sizes = fc.record({
    columns: fc.integer({ min, max }),
    rows: fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 5 }),
  })
  fc.assert(
    fc.property(sizes, ({ columns, rows }) => {
      const cells = rows.map(([left, note], i) => [`row${i}`, left.join(' '), note.join(' ')])
      const lines = rowsOf(columns, ['id', 'left', 'note'], cells)
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
      const letters = (texts: readonly string[]) =>
        texts
          .join('')
          .match(/[a-z≥]/g)!
          .sort()
          .join('')
      const titles = lines[0].startsWith('id    row')
        ? rows.map(() => ['id', 'left', 'note'])
        : ['id', 'left', 'note']
      expect(letters(lines)).toBe(letters([...titles, ...cells].flat()))
    }),
  )
})

test('the widest column wraps, whichever it is; below 100 columns it stands under the others', () => {
  const rows = [['one', 'word '.repeat(22).trim(), '1.5']]
  expect(rowsOf(100, ['id', 'note', 'd'], rows)).toEqual([
    `id   note${' '.repeat(88)}  d`,
    `one  ${'word '.repeat(18)}  1.5`,
    `     ${'word '.repeat(4).trim()}`,
  ])
  expect(rowsOf(80, ['id', 'note', 'd'], rows)).toEqual([
    'id     d',
    '    note',
    'one  1.5',
    `    ${'word '.repeat(15).trim()}`,
    `    ${'word '.repeat(7).trim()}`,
  ])
})

test('where the rest does not fit either, each cell has a line of its own', () => {
  const long = 'x'.repeat(30)
  expect(rowsOf(40, ['a', 'bc'], [[`${long} ${long}`, `${long} ${long}`]])).toEqual([
    `a   ${long}`,
    `    ${long}`,
    `bc  ${long}`,
    `    ${long}`,
  ])
})
