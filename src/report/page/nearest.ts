import type { Axis, Curve, HeatMap, Interval, Panel } from '../../results/figure.js'
import { numberText, sizeText } from '../../results/number-text.js'
import { axisShare } from '../layout.js'

/** A place in a panel in pixels from its upper left corner, and what is to be said about it, a line each. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly lines: readonly string[]
}

/** Pixels within which a curve is meant rather than the map under it. */
const REACH = 12

/** The frame of a panel, in the same pixels. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What of a panel lies nearest to a point: a point of a curve, or else the cell of a map. */
export function nearest(panel: Panel, frame: Frame, x: number, y: number): Spot | undefined {
  if (x < frame.x || x > frame.x + frame.width || y < frame.y || y > frame.y + frame.height) return undefined
  const maps = panel.layers.filter((layer) => layer.kind === 'heat')
  const spots = panel.layers
    .filter((layer) => layer.kind === 'curve')
    .flatMap((curve) => curveSpots(curve, panel, frame))
  const distance = (spot: Spot) => Math.hypot(spot.x - x, spot.y - y)
  const best = spots.reduce<Spot | undefined>((a, b) => (a && distance(a) <= distance(b) ? a : b), undefined)
  if (best && distance(best) <= (maps.length > 0 ? REACH : 4 * REACH)) return best
  return maps.length > 0 ? cellSpot(maps[0], panel, frame, x, y) : undefined
}

const across = (axis: Axis, { x, width }: Frame, value: number): number => x + axisShare(axis, value) * width

const down = (axis: Axis, { y, height }: Frame, value: number): number =>
  y + (1 - axisShare(axis, value)) * height

const curveSpots = ({ name, points }: Curve, panel: Panel, frame: Frame): Spot[] =>
  points.map((point) => ({
    x: across(panel.x, frame, point.x),
    y: down(panel.y, frame, point.y),
    lines: [
      name,
      named(panel.x, point.x),
      `${named(panel.y, point.y)}${point.interval ? intervalOf(point.interval) : ', computed'}`,
    ],
  }))

function cellSpot(map: HeatMap, panel: Panel, frame: Frame, x: number, y: number): Spot {
  const i = closest(
    map.x.map((value) => across(panel.x, frame, value)),
    x,
  )
  const j = closest(
    map.y.map((value) => down(panel.y, frame, value)),
    y,
  )
  return {
    x: across(panel.x, frame, map.x[i]),
    y: down(panel.y, frame, map.y[j]),
    lines: [
      `${named(panel.x, map.x[i])}, ${named(panel.y, map.y[j])}`,
      `${map.name} ${numberText(map.values[i][j])}${intervalOf(map.intervals[i][j])}`,
      `${map.trials[i][j]} trials`,
    ],
  }
}

const closest = (places: readonly number[], x: number): number =>
  places.reduce((best, place, i) => (Math.abs(place - x) < Math.abs(places[best] - x) ? i : best), 0)

const named = (axis: Axis, value: number): string => `${axis.label} = ${valueText(axis, value)}`

/** A value as its axis writes it. */
export const valueText = ({ scale }: Axis, value: number): string =>
  scale === 'log2' ? sizeText(value) : numberText(value)

const intervalOf = ([low, high]: Interval): string => `, interval [${numberText(low)}, ${numberText(high)}]`
