import type { Curve, Figure } from '../../results/figure.js'
import { CHARACTER, MARGIN } from './measures.js'
import { dashes, HALO, ramp, rampColour, strokeOf, widthOf } from './palette.js'
import { element, text } from './svg.js'

const LEGEND_ROW = 20

/** One entry a name, in rows as wide as the figure. */
export function drawLegend(
  figure: Figure,
  document: Document,
  width: number,
): { element: Element; height: number } {
  const layers = figure.panels.flatMap(({ layers }) => layers)
  const onMap = layers.some(({ kind }) => kind === 'heat')
  const listed = layers.filter((layer) => layer.kind === 'heat' || !layer.label)
  const named = [...new Map(listed.map((layer) => [layer.name, layer])).values()]
  const group = element(document, 'g', { 'text-anchor': 'start', 'font-size': 12 })
  let x = MARGIN.left
  let y = 18
  for (const layer of named) {
    const swatch = layer.kind === 'heat' ? 70 : 30
    const size = swatch + 8 + CHARACTER * layer.name.length + 24
    if (x + size > width && x > MARGIN.left) {
      x = MARGIN.left
      y += LEGEND_ROW
    }
    group.append(
      ...(layer.kind === 'heat' ? rampSwatch(document, x, y) : lineSwatch(document, layer, onMap, x, y)),
    )
    group.append(text(document, 'text', { x: x + swatch + 8, y: y + 4 }, layer.name))
    x += size
  }
  return { element: group, height: named.length === 0 ? 6 : y + LEGEND_ROW }
}

function lineSwatch(document: Document, curve: Curve, onMap: boolean, x: number, y: number): Element[] {
  const ground = element(document, 'rect', {
    x: x - 2,
    y: y - 6,
    width: 34,
    height: 12,
    rx: 2,
    // A law lies on the dark side of the transition, without a halo.
    fill: ramp[curve.role === 'law' ? 0 : 2],
  })
  const line = { x1: x, x2: x + 30, y1: y, y2: y }
  const width = widthOf(curve, onMap)
  // As on the map itself: without it a line hardly shows on its ground.
  const halo = element(document, 'line', { ...line, stroke: HALO, 'stroke-width': width + 2 })
  return [
    ...(onMap ? [ground] : []),
    ...(onMap && curve.role !== 'law' ? [halo] : []),
    element(document, 'line', {
      ...line,
      stroke: strokeOf(curve, onMap),
      'stroke-width': width,
      ...(curve.dash && { 'stroke-dasharray': dashes[curve.dash] }),
    }),
  ]
}

function rampSwatch(document: Document, x: number, y: number): Element[] {
  const steps = 14
  return Array.from({ length: steps }, (_, i) =>
    element(document, 'rect', {
      x: x + 5 * i,
      y: y - 6,
      width: 5,
      height: 12,
      fill: rampColour(i / (steps - 1)),
    }),
  )
}
