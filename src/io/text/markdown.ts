import { visible } from './visible.js'

/** Text as Markdown that shows it, in one line and in one cell of a table. */
export const markdown = (text: string): string =>
  visible(text)
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/<(?=[a-z/!?])/gi, '&lt;')
    .replace(/[\\`|]/g, '\\$&')

/** Text as a span of code: between backticks, or in HTML where it holds what Markdown would take for its own. */
export function code(text: string): string {
  const line = visible(text)
  if (!/[`|]/.test(line)) return `\`${line}\``
  return `<code>${line.replace(/[&<\\`|*_[\]]/g, (one) => `&#${one.charCodeAt(0)};`)}</code>`
}

/** What is Markdown already, as a cell of a table. */
export interface MarkdownCell {
  readonly markdown: string
}

/** A cell that shows text as code. */
export const codeCell = (text: string): MarkdownCell => ({ markdown: code(text) })

/** A table. A cell is text, or Markdown. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | MarkdownCell)[])[],
): string {
  const line = (cells: readonly (string | MarkdownCell)[]) =>
    `| ${cells.map((cell) => (typeof cell === 'string' ? markdown(cell) : cell.markdown)).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
