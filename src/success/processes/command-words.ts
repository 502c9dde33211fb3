import { InputError } from '../../io/input-error.js'

/** What a shell would act on, and nobody does here. */
const SHELL = /[|&;<>()$`]/

/**
 * The words of a command, split as a POSIX shell splits them: at white space, with 'single', "double" and $'dollar'
 * quotes and backslashes. Nothing is expanded. Throws InputError for what only a shell could carry out, or where there
 * is no word.
 */
export function commandWords(text: string): string[] {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === "'" || character === '"') {
      const { content, end } = quotedFrom(text, at)
      word = (word ?? '') + content
      at = end
    } else if (text.startsWith("$'", at)) {
      const { content, end } = dollarQuotedFrom(text, at)
      word = (word ?? '') + content
      at = end
    } else if (character === '\\') {
      word = (word ?? '') + (text[++at] ?? '')
    } else if (SHELL.test(character)) {
      throw new InputError(`no shell reads '${text}': quote '${character}', or put the command into a script`)
    } else word = (word ?? '') + character
  }
  if (word !== undefined) words.push(word)
  if (words.length > 0 && words[0] !== '') return words
  throw new InputError("a command is needed after 'exec:', as in 'exec:python3 mine.py'")
}

/** What stands between the quote at this place and the next of its kind, and where that is. */
function quotedFrom(text: string, start: number): { content: string; end: number } {
  const quote = text[start]
  let content = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return { content, end: at }
    // In double quotes a backslash stands for itself but before these.
    if (quote === '"' && text[at] === '\\' && /["\\$`]/.test(text[at + 1] ?? '')) at++
    content += text[at]
  }
  throw new InputError(`in '${text}' a quotation mark is not closed`)
}

/** Control characters by their letters in dollar quotes. */
const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9, v: 11 }

/** The same of $'…', whose escapes stand for bytes of UTF-8. */
function dollarQuotedFrom(text: string, start: number): { content: string; end: number } {
  const [all, inside] = /^\$'((?:[^'\\]|\\.)*)'/s.exec(text.slice(start)) ?? []
  if (all === undefined) throw new InputError(`in '${text}' a quotation mark is not closed`)
  const pieces = inside.matchAll(/\\([0-7]{1,3})|\\x([\da-fA-F]{1,2})|\\([abefnrtv])|\\(['"\\?])|[^\\]+|\\/g)
  const bytes = Array.from(pieces, ([piece, octal, hex, letter, itself = piece]) => {
    if (octal !== undefined) return Buffer.of(Number.parseInt(octal, 8))
    if (hex !== undefined) return Buffer.of(Number.parseInt(hex, 16))
    return letter === undefined ? Buffer.from(itself) : Buffer.of(LETTERS[letter])
  })
  return { content: Buffer.concat(bytes).toString(), end: start + all.length - 1 }
}
