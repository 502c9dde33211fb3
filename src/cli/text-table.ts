import { plainLine, safeLine } from '../io/text/terminal.js'
import { colors } from './output.js'

/**
 * The lines of an aligned table without rules; numbers are right-aligned. On a terminal too narrow for it the last
 * column wraps. Made here because the libraries take as long as all else that a short call does.
 */
export function table(head: readonly string[], given: readonly (readonly string[])[]): string[] {
  const rows = given.map((row) => row.map(safeLine))
  const numeric = head.map(
    (_, c) => rows.length > 0 && rows.every((row) => /^[<>≤≥≈+−-]?[\d.,]*\d|^–$/.test(plainLine(row[c]))),
  )
  const widths = head.map((title, c) => Math.max(width(title), ...rows.map((row) => width(row[c]))))
  const room = roomForLast(widths)
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => padded(cell, widths[c], numeric[c]))
      .join(GAP)
      .replace(/ +$/, '')
  const below = head.slice(0, -1).map(() => '')
  return [
    line(head.map((title) => colors.bold(title))),
    ...rows.flatMap((row) => {
      const [first, ...rest] = wrapped(row.at(-1)!, room)
      return [line([...row.slice(0, -1), first]), ...rest.map((more) => line([...below, more]))]
    }),
  ]
}

const GAP = '  '

/** Columns of text below which wrapping helps no one. */
const NARROWEST = 24

const width = (text: string): number => plainLine(text).length

function padded(text: string, columns: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)))
  return right ? space + text : text + space
}

/** What the terminal leaves for the last column; no limit where all fits, or where output is no terminal. */
function roomForLast(widths: readonly number[]): number {
  const { isTTY, columns } = process.stdout
  const others = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, 0)
  if (!isTTY || others + widths.at(-1)! <= columns || columns - others < NARROWEST) return Infinity
  return columns - others
}

/** A line broken between words so that it fits; a word that does not fit stands alone. */
function wrapped(line: string, room: number): string[] {
  if (width(line) <= room) return [line]
  const lines: string[] = []
  for (const word of line.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && width(longer) <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
