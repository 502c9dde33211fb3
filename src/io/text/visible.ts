/**
 * Controls (C0, DEL, C1), line and paragraph separators, marks that turn the direction of text, invisible characters,
 * and halves of surrogate pairs: what can hide, forge or reorder the text around it.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Text in one line, what is unsafe in it shown as an escape: `\n`, `\u001b`. */
export const visible = (text: string): string =>
  text.replace(UNSAFE, (one) => names[one] ?? unicodeEscape(one))

/** As `visible`, of text whose lines stay lines. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n')

/** A document of JSON in which what is unsafe is escaped: the same document. */
export const visibleJson = (json: string): string =>
  json.replace(UNSAFE, (one) => (one === '\n' ? one : unicodeEscape(one)))

const unicodeEscape = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Characters of a message that are shown unless said otherwise, and those at its end. */
const SHOWN = 500
const TAIL = 150
const GAP = ' … '

/**
 * A message of anyone's as part of a line: its start and end where it is longer than `most`; nothing in it is unsafe.
 */
export function messageText(message: string, most = SHOWN): string {
  const text = visible(message)
  if (text.length <= most) return text
  return visible(`${text.slice(0, most - TAIL - GAP.length)}${GAP}${text.slice(-TAIL)}`)
}
