import { stripVTControlCharacters } from 'node:util'
import { parseHTML } from 'linkedom'
import { visible } from '../io/text/visible.js'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1d1c1a;' +
  'background:#fff}pre{overflow-x:auto}svg{max-width:100%;height:auto}' +
  '@media (prefers-color-scheme:dark){body{color:#e9e6df;background:#1d1c1a}}'

/** A page of one file that asks the network for nothing: what was found in lines, and a picture of it as SVG. */
export function auditPage(title: string, lines: readonly string[], svg: string): string {
  const { document } = parseHTML(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body></body></html>',
  )
  const add = (parent: { append(...nodes: unknown[]): void }, name: string, text: string) => {
    const element = document.createElement(name)
    element.textContent = text
    parent.append(element)
    return element
  }
  add(document.head, 'title', title)
  add(document.head, 'style', STYLE)
  add(document.body, 'h1', title)
  // Labels are others' text: nothing in them is markup, and nothing in them is hidden.
  add(document.body, 'pre', lines.map((line) => visible(stripVTControlCharacters(line))).join('\n'))
  const picture = document.createElement('figure')
  picture.innerHTML = svg
  document.body.append(picture)
  return `${document.toString()}\n`
}
