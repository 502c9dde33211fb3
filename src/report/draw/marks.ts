import * as Plot from '@observablehq/plot'
import type { Curve, HeatMap, Point } from '../../results/figure.js'
import { dashes, HALO, rampColour, strokeOf, widthOf } from './palette.js'

/** Steps of a map's colours. */
const LEVELS = 40

/** Rectangles, those of one colour above each other as one. */
export function heatMarks({ x, y, values }: HeatMap): Plot.Markish[] {
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

export function curveMarks(curve: Curve, onMap: boolean): Plot.Markish[] {
  const { role, points } = curve
  const stroke = strokeOf(curve, onMap)
  const style = { x: 'x', y: 'y', strokeLinejoin: 'round', strokeLinecap: 'butt' } as const
  const strokeWidth = widthOf(curve, onMap)
  const line = Plot.line(points, { ...style, stroke, strokeWidth, ...dash(curve) })
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
