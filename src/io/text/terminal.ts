import { messageText, visible } from './visible.js'

/** Some hundred bits; the generator of node:crypto takes 4 ms to load, in every command. */
const drawn = [0, 1].map(() => Math.random().toString(36).slice(2)).join('')
/** Around what a terminal is to obey: drawn for this process, so that no text of anyone else's holds it. */
const MARK = `\u001b${drawn}\u001b`
const OBEYED = new RegExp(`${MARK}(.*?)${MARK}`)
const obeyed = (sequence: string): string => `${MARK}${sequence}${MARK}`

/** A colour of picocolors' as one that `terminalLine` lets pass. */
export function paint(format: (text: string) => string): (text: string) => string {
  const [open, close] = format('\n').split('\n')
  return (text) => `${obeyed(open)}${text}${obeyed(close)}`
}

const safely = (line: string, use: (sequence: string) => string): string =>
  line
    .split(OBEYED)
    .map((part, i) => (i % 2 === 1 ? use(part) : visible(part)))
    .join('')

/** A line for a terminal: what is unsafe in it is shown as an escape, but for what `paint` has put there. */
export const terminalLine = (line: string): string => safely(line, (sequence) => sequence)

/** The same, still to be made a `terminalLine`. */
export const safeLine = (line: string): string => safely(line, obeyed)

/** The line without colours: what takes room on a screen. */
export const plainLine = (line: string): string => safely(line, () => '')

/** Characters of the line that says what is wrong, which may list what there is to choose from. */
const LONGEST = 2000

/** A line of this command on standard error: what is wrong, or worth knowing. */
export const errorLine = (message: string): string => `dpb: ${messageText(message, LONGEST)}\n`

/** Say on standard error what went wrong and does not matter to the result. */
export const warn = (message: string): void => {
  process.stderr.write(errorLine(`warning: ${message}`))
}
