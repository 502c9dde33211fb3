const LONGEST = 500

/**
 * What was thrown, in one line: the first line that is not blank of its message, or of the text of a value without
 * one; at most 500 characters. Never throws, whatever was thrown.
 */
export function firstLine(thrown: unknown): string {
  const line = textOf(thrown)
    .trimStart()
    .split(/[\r\n\u2028\u2029]/, 1)[0]
    .trimEnd()
  // A pair of surrogates is not cut in two.
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Characters of a whole text that are kept. */
const WHOLE = 2 ** 16

/** The whole of what was thrown, where its first line is only a part: `{}` otherwise. Never throws. */
export function detailOf(thrown: unknown): { readonly detail?: string } {
  const text = textOf(thrown).trim()
  return text === firstLine(thrown) ? {} : { detail: text.slice(0, WHOLE) }
}

function textOf(thrown: unknown): string {
  try {
    const { message } = Object(thrown)
    return typeof message === 'string' && message.trim() !== '' ? message : String(thrown)
  } catch {
    return 'a value that has no text'
  }
}
