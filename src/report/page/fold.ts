import { type Child, h } from './dom.js'

/** Whether there is room to show at once what a narrow screen folds away. */
export const isWide = (): boolean => matchMedia('(min-width: 40.01rem)').matches

/** What readers opened or closed, by key, so that it stays so when its content is made anew. */
const kept = new Map<string, boolean>()

/** A part that opens under its line, which says what is in it. */
export function fold(key: string, summary: Child, open: boolean, ...children: Child[]): HTMLDetailsElement {
  const element = h(
    'details',
    { class: 'fold', open: kept.get(key) ?? open },
    h('summary', {}, summary),
    children,
  )
  element.firstElementChild!.addEventListener('click', () => kept.set(key, !element.open))
  return element
}
