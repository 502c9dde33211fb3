/** A drawn chart as one image, with a name for those who cannot see it. */
export function asImage(chart: Element, name: string): Element {
  chart.setAttribute('role', 'img')
  chart.setAttribute('aria-label', name)
  markParts(chart)
  return chart
}

/** Names of an image's parts become `data-mark`: an image's parts may have no label of their own. */
export function markParts(image: Element): void {
  for (const part of image.querySelectorAll('[aria-label]')) {
    part.setAttribute('data-mark', part.getAttribute('aria-label')!)
    part.removeAttribute('aria-label')
  }
}
