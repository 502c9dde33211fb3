import { visibleLines } from '../../io/text/visible.js'
import { raised } from './powers.js'

export type Child = Node | string | undefined | false | readonly Child[]
type Value = string | number | boolean | undefined | ((event: Event) => void)

/**
 * An element with attributes, listeners (by event name) and children. `true` sets an empty attribute; false and
 * undefined none.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  }
  append(element, children)
  return element
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child)
    else if (typeof child === 'string') parent.append(...asText(parent, visibleLines(child)))
    else if (child) parent.append(child as Node)
  }
}

/** Data and commands stand as they are; elsewhere powers are raised. */
const asText = ({ tagName }: Element, text: string): (string | Node)[] =>
  tagName === 'PRE' || tagName === 'CODE' ? [text] : raised(text)

/** A section of the page, under its heading. */
export const section = (id: string, title: string, lead: Child, ...children: Child[]): HTMLElement =>
  h('section', { id }, h('h2', {}, title), lead && h('p', { class: 'lead' }, lead), children)

/**
 * A table in a box that scrolls sideways by itself where it must. `numeric` columns are set flush right. With
 * `stacked`, a row on a narrow screen becomes a list of names and values.
 */
export function dataTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Child[])[],
  { numeric = [], stacked = false }: { numeric?: readonly number[]; stacked?: boolean } = {},
): HTMLElement {
  const kind = (column: number) => (numeric.includes(column) ? { class: 'number' } : {})
  return h(
    'div',
    { class: stacked ? 'scroll stacked' : 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'hidden' }, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((title, c) => h('th', { scope: 'col', ...kind(c) }, title)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            row.map((cell, c) => h('td', { 'data-label': head[c], ...kind(c) }, cell)),
          ),
        ),
      ),
    ),
  )
}
