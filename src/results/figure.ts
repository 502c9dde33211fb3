/**
 * A figure as plain JSON: what was measured, with intervals and what remakes it, and how it is to be drawn.
 *
 * @since 0.2.0
 */
export interface Figure {
  /** As in `dpb figure ID`. */
  readonly id: string
  readonly title: string
  /** What it shows and what comes out, in a few sentences. */
  readonly caption: string
  /** The call that remakes it. */
  readonly command: string
  readonly seed: string
  /** Of every interval in it, each by itself; absent where everything is exact. */
  readonly confidence?: number
  /** Panels next to each other. */
  readonly columns: number
  readonly panels: readonly Panel[]
}

/** A part of a figure with axes of its own. @since 0.2.0 */
export interface Panel {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  /** Drawn in this order. */
  readonly layers: readonly Layer[]
}

export interface Axis {
  readonly label: string
  /** A log2 axis has its ticks at powers of 2, written as such. */
  readonly scale: 'linear' | 'log2'
  readonly domain: readonly [number, number]
}

/** What is drawn in a panel. @since 0.2.0 */
export type Layer = HeatMap | Curve

/** Values in [0, 1] on a grid. @since 0.2.0 */
export interface HeatMap {
  readonly kind: 'heat'
  readonly name: string
  /** Ascending, the middles of columns and of rows. */
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** A column after the other: values[i][j] is at x[i], y[j]. */
  readonly values: readonly (readonly number[])[]
  readonly intervals: readonly (readonly Interval[])[]
  readonly trials: readonly (readonly number[])[]
}

/** A line through points, each with its interval where it was measured. @since 0.2.0 */
export interface Curve {
  readonly kind: 'curve'
  readonly name: string
  /** What kind of knowledge it is: decides how strongly it is drawn. */
  readonly role: 'measured' | 'rule' | 'law' | 'bound'
  readonly ink: Ink
  readonly dash?: 'dashed' | 'dotted'
  /** Written at its right end; such a curve is not in the legend. */
  readonly label?: string
  readonly points: readonly Point[]
}

export interface Point {
  readonly x: number
  readonly y: number
  /** Of y. Without one y is computed, not measured. */
  readonly interval?: Interval
}

export type Interval = readonly [number, number]

/** A colour by its name; see draw.ts. */
export type Ink = 'ink' | 'brick' | 'ochre' | 'teal' | 'violet' | 'blue' | 'rose' | 'cyan' | 'grey'
