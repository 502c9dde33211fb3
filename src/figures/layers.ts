import { endsToDigits, toDigits } from '../numerics/round.js'
import type { Curve, Point } from '../results/figure.js'
import type { DimensionTask, Results } from '../success/estimation/run-tasks.js'

/** from, from + step, …, to. */
export const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, i) => from + i * step)

/** Significant digits that the points of curves are stored with. */
const DIGITS = 6

/** A computed value as it is stored. */
export const asStored = (y: number): number => toDigits(y, DIGITS)

/** How a curve looks. */
export type Look = Pick<Curve, 'name' | 'ink' | 'dash' | 'label'>

/** A measured curve: a point a task, at the x of that task, of the dimension or its dims per bit. */
export const measuredCurve = (
  look: Look,
  results: Results,
  tasks: readonly DimensionTask[],
  unit: 'dimension' | 'dimsPerBit',
  x: (task: DimensionTask) => number,
): Curve => ({
  kind: 'curve',
  role: 'measured',
  ...look,
  points: tasks.map((task) => {
    const result = results.dimension(task)
    const interval = unit === 'dimension' ? result.dimensionInterval : result.interval
    return { x: x(task), y: asStored(result[unit]), interval: endsToDigits(interval, DIGITS) }
  }),
})

/** A computed curve. */
export const computedCurve = (
  role: Exclude<Curve['role'], 'measured'>,
  look: Look,
  xs: readonly number[],
  f: (x: number) => number,
): Curve => ({
  kind: 'curve',
  role,
  ...look,
  points: xs.map((x): Point => ({ x, y: asStored(f(x)) })).filter(({ y }) => Number.isFinite(y)),
})
