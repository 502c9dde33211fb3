import { plainLine, safeLine } from '../io/text/terminal.js'
import { colors } from './output.js'

/**
 * The lines of an aligned table without rules; numbers are right-aligned. Where it is wider than the terminal the
 * widest column wraps, whichever it is; on less than 100 columns each row is a record, its widest cell below the
 * others. Made here because the libraries take as long as all else that a short call does.
 */
export function table(head: readonly string[], given: readonly (readonly string[])[]): string[] {
  const rows = given.map((row) => row.map(safeLine))
  const titles = head.map((title) => colors.bold(title))
  const room = process.stdout.isTTY ? process.stdout.columns : Infinity
  const widths = widthsOf([head, ...rows])
  if (total(widths) <= room) return aligned(titles, rows, widths)
  if (room >= STACKED) return aligned(titles, rows, fitting(widths, room))
  const long = widths.indexOf(Math.max(...widths))
  return total(widths.toSpliced(long, 1)) <= room
    ? stacked(titles, rows, long, room)
    : records(head, rows, room)
}

const GAP = '  '

/** Columns of a terminal from which rows stay rows. */
const STACKED = 100

/** Columns of text below which wrapping helps no one. */
const NARROWEST = 16

const INDENT = '    '

const width = (text: string): number => plainLine(text).length

const widthsOf = (rows: readonly (readonly string[])[]): number[] =>
  rows[0].map((_, c) => Math.max(...rows.map((row) => width(row[c]))))

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1))

/** The widest column gives way, and those that are as wide by then. */
function fitting(widths: readonly number[], room: number): number[] {
  const given = [...widths]
  while (total(given) > room && Math.max(...given) > NARROWEST) given[given.indexOf(Math.max(...given))]--
  return given
}

type Rows = readonly (readonly string[])[]

function aligned(titles: readonly string[], rows: Rows, widths: readonly number[]): string[] {
  return [titles, ...rows].flatMap(rowLines(rows, widths))
}

/** The lines of one row: as many as its cell with the most takes. */
function rowLines(rows: Rows, widths: readonly number[]): (row: readonly string[]) => string[] {
  const numeric = widths.map(
    (_, c) => rows.length > 0 && rows.every((row) => /^[<>≤≥≈+−-]?[\d.,]*\d|^–$/.test(plainLine(row[c]))),
  )
  return (row) => {
    const cells = row.map((cell, c) => wrapped(cell, widths[c]))
    const height = Math.max(...cells.map((lines) => lines.length))
    return Array.from({ length: height }, (_, i) =>
      cells
        .map((lines, c) => padded(lines[i] ?? '', widths[c], numeric[c]))
        .join(GAP)
        .trimEnd(),
    )
  }
}

function padded(text: string, columns: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)))
  return right ? space + text : text + space
}

/** Each row with one of its cells below the others. */
function stacked(titles: readonly string[], rows: Rows, long: number, room: number): string[] {
  const others = (row: readonly string[]) => row.toSpliced(long, 1)
  const widths = widthsOf([titles, ...rows].map(others))
  const lines = rowLines(rows.map(others), widths)
  return [titles, ...rows].flatMap((row) => [
    ...lines(others(row)),
    ...wrapped(row[long], room - INDENT.length).map((line) => `${INDENT}${line}`.trimEnd()),
  ])
}

/** A line for each cell, after its title. */
function records(head: readonly string[], rows: Rows, room: number): string[] {
  const first = Math.max(...head.map(width))
  const widths = [first, Math.max(NARROWEST, room - first - GAP.length)]
  return rows.flatMap((row, i) => [
    ...(i > 0 ? [''] : []),
    ...head.flatMap((title, c) => rowLines([], widths)([title, row[c]])),
  ])
}

/** A line broken between words so that it fits, or in a word that alone is too long. */
function wrapped(line: string, room: number): string[] {
  if (width(line) <= room) return [line]
  const lines: string[] = []
  for (const word of line.split(' ').flatMap((one) => pieces(one, room))) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && width(longer) <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** A word in parts that fit; one with colours stays whole. */
function pieces(word: string, room: number): string[] {
  if (plainLine(word) !== word || word.length <= room) return [word]
  return Array.from({ length: Math.ceil(word.length / room) }, (_, i) => word.slice(i * room, (i + 1) * room))
}
