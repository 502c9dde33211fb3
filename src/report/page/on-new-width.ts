/** Calls back when an element has a width for the first time, and whenever it changes. */
export function onNewWidth(element: Element, redraw: (width: number) => void): void {
  let width = 0
  new ResizeObserver(() => {
    if (element.clientWidth === width) return
    width = element.clientWidth
    redraw(width)
  }).observe(element)
}
