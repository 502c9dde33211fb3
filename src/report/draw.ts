import * as Plot from '@observablehq/plot'
import type { Axis, Curve, Figure, HeatMap, Ink, Panel, Point } from './figure.js'
import { superscript } from './format.js'
import { figureLayout } from './layout.js'

/** Mid tones, to be seen on white and on black. */
const inks: Readonly<Record<Ink, string>> = {
  ink: 'currentColor',
  brick: '#c4483c',
  ochre: '#c98a12',
  teal: '#1f8a85',
  violet: '#8a63c9',
  blue: '#3d7fc4',
  rose: '#d4609a',
  cyan: '#3fd0c9',
  grey: '#8a8880',
}
const dashes = { dashed: '6 4', dotted: '1.5 3.5' } as const
const widths: Readonly<Record<Curve['role'], number>> = { measured: 2.2, rule: 2, law: 1.4, bound: 1.4 }

const mapWidths: Readonly<Record<Curve['role'], number>> = { measured: 3, rule: 2, law: 1.1, bound: 1.4 }

/** From failure to success. */
const ramp = ['#26304f', '#4f6791', '#92a9c6', '#cfdbe6', '#f6f4ec']
const LEVELS = 40
/** On a map, whose ground is the same on any page. */
const MAP_INK = '#15161a'
const HALO = '#ffffff'

const LEGEND_ROW = 20
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
const MARGIN = { left: 58, right: 14, top: 26, bottom: 42 }
/** Of a character of a label, at most; and of a line of labels. */
const CHARACTER = 6
const LINE = 13

/**
 * The figure as an SVG element of this document: the browser's, or another that knows createElementNS. With fewer panels in a row,
 * and narrower ones, where there is no room for it.
 */
export function drawFigure(figure: Figure, document: Document, room?: number): SVGSVGElement {
  const { columns, width, height } = figureLayout(figure, room)
  const legend = drawLegend(figure, document, columns * width)
  const lines = Math.ceil(figure.panels.length / columns)
  const svg = element(document, 'svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${columns * width} ${legend.height + lines * height}`,
    width: columns * width,
    height: legend.height + lines * height,
    role: 'img',
    'aria-labelledby': `figure-${figure.id}-title figure-${figure.id}-desc`,
    'font-family': FONT,
    'font-size': 11,
    fill: 'currentColor',
    'text-anchor': 'middle',
    style: 'max-width: 100%; height: auto',
  }) as SVGSVGElement
  svg.append(
    text(document, 'title', { id: `figure-${figure.id}-title` }, figure.title),
    text(document, 'desc', { id: `figure-${figure.id}-desc` }, figure.caption),
    legend.element,
  )
  figure.panels.forEach((panel, i) => {
    const x = (i % columns) * width
    const y = legend.height + Math.floor(i / columns) * height
    const group = element(document, 'g', { transform: `translate(${x},${y})`, 'data-panel': i })
    group.append(...drawPanel(panel, document, width, height))
    svg.append(group)
  })
  tidy(svg)
  return svg
}

function drawPanel(panel: Panel, document: Document, width: number, height: number): Element[] {
  const onMap = panel.layers.some(({ kind }) => kind === 'heat')
  const layers = panel.layers.map((layer) => (layer.kind === 'heat' ? layer : clip(layer, panel)))
  const marks = layers.flatMap((layer) =>
    layer.kind === 'heat' ? heatMarks(layer) : curveMarks(layer, onMap),
  )
  const labels = layers.flatMap((layer) => (layer.kind === 'curve' && layer.label ? [layer] : []))
  const longest = Math.max(0, ...labels.map(({ label }) => label!.length))
  const marginRight = MARGIN.right + CHARACTER * longest
  const plot = Plot.plot({
    document,
    width,
    height,
    marginLeft: MARGIN.left,
    marginRight,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    x: { ...scale(panel.x), grid: !onMap, label: panel.x.label, labelAnchor: 'center', labelArrow: 'none' },
    y: { ...scale(panel.y), grid: !onMap, label: panel.y.label, labelAnchor: 'center', labelArrow: 'none' },
    marks: [...marks, Plot.frame({ strokeOpacity: 0.35 })],
  } as Plot.PlotOptions & { document: Document })
  const title = text(
    document,
    'text',
    { x: MARGIN.left, y: 16, 'text-anchor': 'start', 'font-weight': 600, 'font-size': 12 },
    panel.title,
  )
  const drawn = [...plot.children].filter(({ tagName }) => tagName.toLowerCase() !== 'style')
  const toY = (plot as Plot.Plot).scale('y')!.apply
  return [title, ...drawn, ...endLabels(document, labels, toY, width - marginRight + 6)]
}

/** The curves' labels next to their right ends, moved apart where they would overlap. */
function endLabels(
  document: Document,
  curves: readonly Curve[],
  toY: (y: number) => number,
  x: number,
): Element[] {
  const ends = curves
    .filter(({ points }) => points.length > 0)
    .map((curve) => ({ curve, y: toY(curve.points.at(-1)!.y) }))
    .sort((a, b) => a.y - b.y)
  const places = spread(ends.map(({ y }) => y))
  return ends.map(({ curve }, i) =>
    text(
      document,
      'text',
      { x, y: places[i] + 4, 'text-anchor': 'start', fill: inks[curve.ink] },
      curve.label!,
    ),
  )
}

/** Ascending places, moved as little as makes them LINE apart: clusters that touch are centred on the mean of their places. */
function spread(places: readonly number[]): number[] {
  const clusters: { sum: number; size: number }[] = []
  const top = ({ sum, size }: { sum: number; size: number }) => sum / size - ((size - 1) * LINE) / 2
  for (const place of places) {
    let last = { sum: place, size: 1 }
    for (
      let above = clusters.at(-1);
      above && top(above) + above.size * LINE > top(last);
      above = clusters.at(-1)
    ) {
      clusters.pop()
      last = { sum: above.sum + last.sum, size: above.size + last.size }
    }
    clusters.push(last)
  }
  return clusters.flatMap((cluster) =>
    Array.from({ length: cluster.size }, (_, i) => top(cluster) + i * LINE),
  )
}

function scale({ scale, domain }: Axis): Plot.ScaleOptions {
  if (scale === 'linear')
    return { domain: [...domain], ticks: 5, tickFormat: (x: number) => x.toLocaleString('en') }
  const [low, high] = domain.map(Math.log2)
  const step = Math.ceil((high - low) / 7 / 2) * 2 || 1
  const ticks = []
  for (let power = Math.ceil(low / step) * step; power <= high; power += step) ticks.push(2 ** power)
  return {
    type: 'log',
    base: 2,
    domain: [...domain],
    ticks,
    tickFormat: (x: number) => `2${superscript(Math.log2(x))}`,
  }
}

/** Rectangles, those of one colour above each other as one. */
function heatMarks({ x, y, values }: HeatMap): Plot.Markish[] {
  const columns = edges(x)
  const rows = edges(y)
  const boxes = x.flatMap((_, i) => {
    const levels = values[i].map((value) => Math.round(value * LEVELS))
    const starts = levels.flatMap((level, j) => (level === levels[j - 1] ? [] : [j]))
    return starts.map((j, s) => ({
      x1: columns[i],
      x2: columns[i + 1],
      y1: rows[j],
      y2: rows[starts[s + 1] ?? levels.length],
      fill: rampColour(levels[j] / LEVELS),
    }))
  })
  const channels = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'fill' }
  return [
    Plot.rect(boxes, {
      ...channels,
      insetRight: -0.3,
      insetTop: -0.3,
      shapeRendering: 'crispEdges',
      ariaHidden: 'true',
    } as Plot.RectOptions),
  ]
}

/** The borders of cells with these middles. */
const edges = (middles: readonly number[]): number[] => {
  const inner = middles.slice(1).map((x, i) => (x + middles[i]) / 2)
  const last = middles.length - 1
  return [2 * middles[0] - inner[0], ...inner, 2 * middles[last] - inner[last - 1]]
}

function rampColour(value: number): string {
  const at = value * (ramp.length - 1)
  const i = Math.min(ramp.length - 2, Math.floor(at))
  const channel = (colour: string, c: number) => Number.parseInt(colour.slice(1 + 2 * c, 3 + 2 * c), 16)
  const mixed = [0, 1, 2].map((c) => {
    const [a, b] = [channel(ramp[i], c), channel(ramp[i + 1], c)]
    return Math.round(a + (at - i) * (b - a))
      .toString(16)
      .padStart(2, '0')
  })
  return `#${mixed.join('')}`
}

function curveMarks({ role, points, ...look }: Curve, onMap: boolean): Plot.Markish[] {
  const stroke = onMap && look.ink === 'ink' ? MAP_INK : inks[look.ink]
  const style = { x: 'x', y: 'y', strokeLinejoin: 'round', strokeLinecap: 'butt' } as const
  const strokeWidth = onMap ? mapWidths[role] : widths[role]
  const line = Plot.line(points, { ...style, stroke, strokeWidth, ...dash(look) })
  const halo = Plot.line(points, {
    ...style,
    stroke: HALO,
    strokeOpacity: 0.75,
    strokeWidth: strokeWidth + 2,
  })
  const measured = points.filter(({ interval }) => interval)
  const band = Plot.areaY(measured, {
    x: 'x',
    y1: ({ interval }: Point) => interval![0],
    y2: ({ interval }: Point) => interval![1],
    fill: stroke,
    fillOpacity: 0.18,
  })
  const dots = Plot.dot(measured, { x: 'x', y: 'y', r: 1.8, fill: stroke })
  if (onMap) return role === 'law' ? [line] : [halo, line]
  return measured.length > 0 ? [band, line, dots] : [line]
}

const dash = ({ dash }: Pick<Curve, 'dash'>) => (dash ? { strokeDasharray: dashes[dash] } : {})

/** The part of a curve inside its panel, ended where it crosses the border. */
function clip(curve: Curve, { x, y }: Panel): Curve {
  const inside = (p: Point) =>
    p.x >= x.domain[0] && p.x <= x.domain[1] && p.y >= y.domain[0] && p.y <= y.domain[1]
  const points: Point[] = []
  curve.points.forEach((point, i) => {
    const before = curve.points[i - 1]
    if (before && inside(before) !== inside(point)) points.push(border(before, point, y))
    if (inside(point)) points.push(point)
  })
  return { ...curve, points }
}

/** Where the line between two points, one of them outside, crosses the upper or lower end of y. */
function border(a: Point, b: Point, { domain }: Axis): Point {
  const end = Math.max(a.y, b.y) > domain[1] ? domain[1] : domain[0]
  const share = a.y === b.y ? 0 : Math.min(1, Math.max(0, (end - a.y) / (b.y - a.y)))
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }
}

/** One entry a name, in rows as wide as the figure. */
function drawLegend(figure: Figure, document: Document, width: number): { element: Element; height: number } {
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
    fill: ramp[2],
  })
  const stroke = onMap && curve.ink === 'ink' ? MAP_INK : inks[curve.ink]
  const line = { x1: x, x2: x + 30, y1: y, y2: y }
  return [
    ...(onMap ? [ground] : []),
    element(document, 'line', {
      ...line,
      stroke,
      'stroke-width': (onMap ? mapWidths : widths)[curve.role],
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

function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): Element {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

function text(
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
function tidy(svg: Element): void {
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
