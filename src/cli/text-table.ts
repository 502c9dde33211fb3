import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { colors } from './output.js'

/** An aligned table without rules; numbers are right-aligned. On a terminal too narrow for it the last column wraps. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = rows.map((row) => row.map(stripVTControlCharacters))
  const numeric = head.map(
    (_, c) => rows.length > 0 && plain.every((row) => /^[<>≤≥≈+−-]?[\d.,]*\d|^–$/.test(row[c])),
  )
  const bare = Object.fromEntries(
    [
      ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
      ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
    ]
      .flat()
      .map((part) => [part, '']),
  )
  const out = new Table({
    head: head.map((title) => colors.bold(title)),
    chars: { ...bare, middle: GAP },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: numeric.map((right) => (right ? 'right' : 'left')),
    ...wrapping(head.map((title, c) => Math.max(title.length, ...plain.map((row) => row[c].length)))),
  })
  out.push(...rows.map((row) => [...row]))
  return out.toString().replace(/ +$/gm, '')
}

const GAP = '  '

/** Columns of text below which wrapping helps no one. */
const NARROWEST = 24

/** Widths that make the last column fit the terminal; nothing where all fits, or where output is no terminal. */
function wrapping(widths: readonly number[]): { colWidths?: (number | null)[]; wordWrap?: boolean } {
  const { isTTY, columns } = process.stdout
  const others = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0)
  if (!isTTY || others + widths.at(-1)! <= columns || columns - others < NARROWEST) return {}
  return { colWidths: [...widths.slice(0, -1).map(() => null), columns - others], wordWrap: true }
}
