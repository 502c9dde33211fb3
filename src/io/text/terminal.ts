import { messageText, visible } from './visible.js'

/** What picocolors writes of the colours that commands use. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour
const COLOUR = /(\u001b\[(?:1|22|31|32|33|39)m)/

/** A line for a terminal: what is unsafe in it is shown as an escape, but for the colours that commands use. */
export const terminalLine = (line: string): string =>
  line
    .split(COLOUR)
    .map((part, i) => (i % 2 === 1 ? part : visible(part)))
    .join('')

/** Characters of the line that says what is wrong, which may list what there is to choose from. */
const LONGEST = 2000

/** A line of this command on standard error: what is wrong, or worth knowing. */
export const errorLine = (message: string): string => `dpb: ${messageText(message, LONGEST)}\n`

/** Say on standard error what went wrong and does not matter to the result. */
export const warn = (message: string): void => {
  process.stderr.write(errorLine(`warning: ${message}`))
}
