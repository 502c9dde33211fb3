export function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): Element {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

export function text(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string,
): Element {
  const made = element(document, name, attributes)
  made.textContent = content
  return made
}

/** Coordinates to a twentieth of a pixel. */
export function tidy(svg: Element): void {
  for (const node of svg.querySelectorAll('*')) {
    for (const name of ['d', 'transform', 'x', 'y', 'width', 'height', 'cx', 'cy']) {
      const value = node.getAttribute(name)
      if (value)
        node.setAttribute(
          name,
          value.replace(/-?\d+\.\d{2,}/g, (digits) => String(Math.round(Number(digits) * 20) / 20)),
        )
    }
  }
}
