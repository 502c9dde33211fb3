import picocolors from 'picocolors'
import { terminalLine } from '../io/text/terminal.js'
import { visibleJson } from '../io/text/visible.js'

export { dimensionText, intervalText, sizeText } from '../results/number-text.js'

/** Colours on a terminal; plain text elsewhere, with --no-color or with NO_COLOR set. */
export const colors = picocolors.createColors(
  Boolean(process.stdout.isTTY) && !process.env.NO_COLOR && !process.argv.includes('--no-color'),
)

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
