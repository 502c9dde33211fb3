import type { Axis, Curve, Panel, Point } from '../../results/figure.js'

/** The part of a curve inside its panel, ended where it crosses the border. */
export function clipToPanel(curve: Curve, { x, y }: Panel): Curve {
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
