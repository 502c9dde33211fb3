import picocolors from 'picocolors'

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

/** Print the result: exactly one JSON document with `--json`, the text otherwise. */
export function print(result: unknown, text: () => string, { json }: OutputOptions): void {
  process.stdout.write(`${json ? JSON.stringify(result, null, 2) : text()}\n`)
}
