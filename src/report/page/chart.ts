/** A drawn chart as one image with a name for who cannot see it. Its parts keep their names as `data-mark`: no role allows them a label. */
export function asImage(chart: Element, name: string): Element {
  for (const part of chart.querySelectorAll('[aria-label]')) {
    part.setAttribute('data-mark', part.getAttribute('aria-label')!)
    part.removeAttribute('aria-label')
  }
  chart.setAttribute('role', 'img')
  chart.setAttribute('aria-label', name)
  return chart
}
