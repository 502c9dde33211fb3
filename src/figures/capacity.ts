import { endsToDigits } from '../numerics/round.js'
import type { Curve, Figure, Ink, Panel } from '../results/figure.js'
import type { CapacityCurve } from '../success/estimation/capacity-of.js'
import { asStored } from './layers.js'

const INKS: readonly Ink[] = ['brick', 'teal', 'blue', 'ochre', 'violet', 'rose', 'cyan', 'ink', 'grey']
const DIGITS = 4

/** What the figure says of itself. */
type About = Pick<Figure, 'command' | 'seed' | 'confidence' | 'caption' | 'title'>

/** Success against k: a panel for each preparation and for random signs, a curve for each decoder. @since 0.2.0 */
export function capacityFigure(curves: readonly CapacityCurve[], about: About): Figure {
  const most = Math.max(2, ...curves.flatMap(({ points }) => points.map(({ k }) => k)))
  const decoders = [...new Set(curves.map(({ decoder }) => decoder))]
  const panels = [...new Set(curves.map(({ prepare }) => prepare))].map(
    (prepare): Panel => ({
      title: prepare === 'rademacher' ? 'random signs of that size' : prepare,
      x: { label: 'k', scale: 'log2', domain: [1, most] },
      y: { label: 'success rate', scale: 'linear', domain: [0, 1] },
      layers: curves
        .filter((curve) => curve.prepare === prepare)
        .map(({ decoder, points }) => curveOf(decoder, decoders.indexOf(decoder), points)),
    }),
  )
  return { id: 'capacity', columns: 2, ...about, panels }
}

const curveOf = (decoder: string, at: number, points: CapacityCurve['points']): Curve => ({
  kind: 'curve',
  name: decoder,
  role: 'measured',
  ink: INKS[at % INKS.length],
  ...(at >= INKS.length && { dash: 'dashed' }),
  points: points.map(({ k, successRate, interval }) => ({
    x: k,
    y: asStored(successRate),
    interval: endsToDigits(interval, DIGITS),
  })),
})
