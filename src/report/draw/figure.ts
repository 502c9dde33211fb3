import * as Plot from '@observablehq/plot'
import type { Axis, Figure, Panel } from '../../results/figure.js'
import { superscript } from '../../results/number-text.js'
import { figureLayout } from '../layout.js'
import { clipToPanel } from './clip.js'
import { endLabels } from './end-labels.js'
import { drawLegend } from './legend.js'
import { curveMarks, heatMarks } from './marks.js'
import { CHARACTER, MARGIN } from './measures.js'
import { element, text, tidy } from './svg.js'

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

/**
 * The figure as an SVG element of this document: the browser's, or another that knows createElementNS. With fewer
 * panels in a row, and narrower ones, where there is no room for it.
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
  const layers = panel.layers.map((layer) => (layer.kind === 'heat' ? layer : clipToPanel(layer, panel)))
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
