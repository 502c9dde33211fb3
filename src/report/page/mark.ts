/** Small drawings in a box of 16 by 16: no font must have them. A line where the path is not closed by `z`. */
const paths = {
  check: 'M2.5 8.5l4 4L13.5 4',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  question: 'M5 5.5a3 3 0 1 1 4.6 2.5Q8 9 8 10.5M8 13v1',
  about: 'M2 6.5q3-4 6-1t6-1M2 11.5q3-4 6-1t6-1',
  half: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM8 3.5a4.5 4.5 0 0 1 0 9z',
  pencil: 'M3 13l1-3.5L11 2.5l2.5 2.5-7 7L3 13',
  square: 'M3 3h10v10H3z',
  star: 'M8 1l2 4.8 5.2.4-4 3.4 1.2 5.1L8 12l-4.4 2.7 1.2-5.1-4-3.4 5.2-.4z',
  circle: 'M8 3a5 5 0 1 1 0 10 5 5 0 1 1 0-10z',
  diamond: 'M8 1l4.5 7L8 15 3.5 8z',
  triangle: 'M8 2.5L14 13H2z',
  ring: 'M8 2a6 6 0 1 1 0 12 6 6 0 1 1 0-12',
} as const

export type MarkName = keyof typeof paths

const SVG = 'http://www.w3.org/2000/svg'

/** A sign beside a word that says the same; it has the word's colour. */
export function mark(name: MarkName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  const filled = paths[name].endsWith('z')
  svg.setAttribute('class', filled ? 'sign filled' : 'sign')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}
