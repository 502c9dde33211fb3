import type { Curve } from '../../results/figure.js'
import { inks } from './palette.js'
import { text } from './svg.js'

/** The height of a line of labels. */
const LINE = 13

/** The curves' labels next to their right ends, moved apart where they would overlap. */
export function endLabels(
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

/**
 * Ascending places, moved as little as makes them LINE apart: clusters that touch are centred on the mean of their
 * places.
 */
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
