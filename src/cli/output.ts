import picocolors from 'picocolors'
import { paint, terminalLine } from '../io/text/terminal.js'
import { visibleJson } from '../io/text/visible.js'

export { dimensionText, intervalText, sizeText } from '../results/number-text.js'

const coloured =
  Boolean(process.stdout.isTTY) && !process.env.NO_COLOR && !process.argv.includes('--no-color')
const { bold, green, red, yellow } = picocolors.createColors(true)
const colour = (format: (text: string) => string) => (coloured ? paint(format) : (text: string) => text)

/** Colours on a terminal; plain text elsewhere, with --no-color or with NO_COLOR set. */
export const colors = { bold: colour(bold), green: colour(green), red: colour(red), yellow: colour(yellow) }

/** What every command's output depends on. */
export interface OutputOptions {
  readonly json?: boolean
  readonly quiet?: boolean
}

/**
 * Print the result: exactly one JSON document with `--json`, the lines otherwise. Nothing in them can hide or forge
 * another.
 */
export function print(result: unknown, lines: () => readonly string[], { json }: OutputOptions): void {
  const text = json ? visibleJson(JSON.stringify(result, null, 2)) : lines().map(terminalLine).join('\n')
  process.stdout.write(`${text}\n`)
}
