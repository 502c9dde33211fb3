import type { Curve, HeatMap, Interval, Point } from '../report/figure.js'
import { rounded } from '../report/figure.js'
import type { DimensionTask, RateTask, Results } from './work.js'

/** from, from + step, …, to. */
export const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, i) => from + i * step)

const GRID_TRIALS = 16

/** The tasks of a map of success rates over k and d. */
export const mapTasks = (
  decoder: string,
  N: number,
  ks: readonly number[],
  ds: readonly number[],
): RateTask[] => ks.flatMap((k) => ds.map((d) => ({ decoder, N, k, d, trials: GRID_TRIALS })))

/** The map of those tasks. */
export function heatMap(results: Results, tasks: readonly RateTask[]): HeatMap {
  const x = [...new Set(tasks.map(({ k }) => k))]
  const y = [...new Set(tasks.map(({ d }) => d))]
  const rates = x.map((_, i) => y.map((_, j) => results.rate(tasks[i * y.length + j])))
  return {
    kind: 'heat',
    name: 'measured success rate, 0 to 1',
    x,
    y,
    values: rates.map((column) => column.map(({ rate }) => rounded(rate, 4))),
    intervals: rates.map((column) => column.map(({ interval }) => roundedInterval(interval))),
    trials: tasks[0].trials,
  }
}

export const roundedInterval = ([low, high]: Interval, digits = 4): Interval => [
  rounded(low, digits),
  rounded(high, digits),
]

/** How a curve looks. */
export type Look = Pick<Curve, 'name' | 'ink' | 'dash' | 'label'>

/** A measured curve: a point a task, at the x of that task, of the dimension or its dims per bit. */
export const measuredCurve = (
  look: Look,
  results: Results,
  tasks: readonly DimensionTask[],
  of: { readonly x: (task: DimensionTask) => number; readonly unit: 'dimension' | 'dimsPerBit' },
): Curve => ({
  kind: 'curve',
  role: 'measured',
  ...look,
  points: tasks.map((task) => {
    const result = results.dimension(task)
    const interval = of.unit === 'dimension' ? result.dimensionInterval : result.interval
    return { x: of.x(task), y: rounded(result[of.unit]), interval: roundedInterval(interval, 6) }
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
  points: xs.map((x): Point => ({ x, y: rounded(f(x)) })).filter(({ y }) => Number.isFinite(y)),
})
