import picocolors from 'picocolors'
import { paint, terminalLine } from '../io/text/terminal.js'
import { visibleJson } from '../io/text/visible.js'

export { dimensionText, intervalText, sizeText } from '../results/number-text.js'

/** Whether to use colours: FORCE_COLOR says so for output that is no terminal too; TERM=dumb has none. */
export function wantsColours(env: NodeJS.ProcessEnv, args: readonly string[], isTTY: boolean): boolean {
  if (env.NO_COLOR || args.includes('--no-color')) return false
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR)
  return isTTY && env.TERM !== 'dumb'
}

const coloured = wantsColours(process.env, process.argv, Boolean(process.stdout.isTTY))
const { bold, green, red, yellow } = picocolors.createColors(true)
const colour = (format: (text: string) => string) => (coloured ? paint(format) : (text: string) => text)

/** Colours on a terminal; plain text elsewhere, with --no-color or with NO_COLOR set, or with TERM=dumb. */
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
