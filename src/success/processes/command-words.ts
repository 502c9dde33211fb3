import { InputError } from '../../io/input-error.js'

/** What a shell would act on, and nobody does here. */
const SHELL = /[|&;<>()$`]/

/**
 * The words of a command, split as a POSIX shell splits them: at white space, with 'single' and "double" quotes and
 * backslashes. Nothing is expanded. Throws InputError for what only a shell could carry out, or where there is no
 * word.
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
