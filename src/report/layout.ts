import type { Axis, Figure } from '../results/figure.js'

const PANEL = { one: [720, 400], two: [440, 380], many: [250, 250] } as const
/** A panel is not drawn narrower than this to keep several in a row. */
const NARROWEST = 240

/** How many panels stand in a row, and the size of each in pixels. */
export interface Layout {
  readonly columns: number
  readonly width: number
  readonly height: number
}

/** The layout of a figure as it is published, or one that fits into `room` pixels. */
export function figureLayout({ columns, panels }: Figure, room = Infinity): Layout {
  const most = Math.min(columns, panels.length)
  const [width, height] = most === 1 ? PANEL.one : most === 2 ? PANEL.two : PANEL.many
  if (most * width <= room) return { columns: most, width, height }
  const fitting = Math.max(1, Math.min(most, Math.floor(room / NARROWEST)))
  const narrower = Math.max(NARROWEST, Math.min(PANEL.two[0], Math.floor(room / fitting)))
  return { columns: fitting, width: narrower, height: Math.max(250, Math.round(0.72 * narrower)) }
}

/** Where a value lies along an axis, 0 at its low end and 1 at its high end. */
export function axisShare({ scale, domain: [low, high] }: Axis, value: number): number {
  if (scale === 'linear') return (value - low) / (high - low)
  return Math.log(value / low) / Math.log(high / low)
}
