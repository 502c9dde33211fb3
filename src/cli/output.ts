import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import picocolors from 'picocolors'

export { dimensionText, intervalText } from '../report/format.js'

/** Colours on a terminal; plain text elsewhere, with --no-color or with NO_COLOR set. */
export const colors = picocolors.createColors(
  process.stdout.isTTY && !process.env.NO_COLOR && !process.argv.includes('--no-color'),
)

/** What every command's output depends on. */
export interface OutputOptions {
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Print the result: exactly one JSON document with `--json`, the text otherwise. */
export function print(result: unknown, text: () => string, { json }: OutputOptions): void {
  process.stdout.write(`${json ? JSON.stringify(result, null, 2) : text()}\n`)
}

/** An aligned table without rules; numbers are right-aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const numeric = head.map(
    (_, c) =>
      rows.length > 0 &&
      rows.every((row) => /^[<>≤≥≈+−-]?[\d.,]*\d|^–$/.test(stripVTControlCharacters(row[c]))),
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
    chars: { ...bare, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: numeric.map((right) => (right ? 'right' : 'left')),
  })
  out.push(...rows.map((row) => [...row]))
  return out.toString().replace(/ +$/gm, '')
}
