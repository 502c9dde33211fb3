import type { Figure, Panel } from '../report/figure.js'
import { superscript } from '../report/format.js'
import { computedCurve, heatMap, type Look, mapTasks, measuredCurve, range } from './layers.js'
import type { DimensionTask, RateTask, Results } from './work.js'

/** A rule or law drawn over the maps of a decoder. */
export interface Overlay extends Look {
  readonly role: 'rule' | 'law'
  readonly dimension: (N: number, k: number) => number
}

/** The rows of a figure: one decoder's maps at N = 2^8, 2^12, 2^16 and 2^20. */
export interface MapRow {
  readonly decoder: string
  readonly label: string
  readonly overlays: readonly Overlay[]
}

export const MAP_POWERS = [8, 12, 16, 20]

/** Values of k at which the dimension is measured. */
const MEASURED_K = [2, 5, 10, 20, 28, 40, 60, 80, 100]
const COLUMNS = range(4, 100, 4)
const ROWS = 32
const PRECISION = { 0.5: 0.02, 0.99: 0.04 } as const

const d50: Look = { name: 'measured d50', ink: 'ink' }
const d99: Look = { name: 'measured d99', ink: 'ink', dash: 'dashed' }

export const cellsOf = (decoder: string, power: number, largest: number): RateTask[] =>
  mapTasks(decoder, 2 ** power, COLUMNS, range(largest / ROWS, largest, largest / ROWS))

export const dimensionsOf = (decoder: string, N: number, target: 0.5 | 0.99): DimensionTask[] =>
  MEASURED_K.map((k) => ({ decoder, N, k, target, precision: PRECISION[target] }))

/** The tasks of all maps, each up to dimension `largest`. */
export const mapsWork = (rows: readonly MapRow[], largest: number) => ({
  rates: rows.flatMap(({ decoder }) => MAP_POWERS.flatMap((power) => cellsOf(decoder, power, largest))),
  dimensions: rows.flatMap(({ decoder }) =>
    MAP_POWERS.flatMap((power) => [
      ...dimensionsOf(decoder, 2 ** power, 0.5),
      ...dimensionsOf(decoder, 2 ** power, 0.99),
    ]),
  ),
})

/** One panel for each row and N. */
export const mapPanels = (
  rows: readonly MapRow[],
  largest: number,
  results: Results,
): Pick<Figure, 'panels' | 'columns'> => ({
  columns: MAP_POWERS.length,
  panels: rows.flatMap((row) => MAP_POWERS.map((power) => panel(row, power, largest, results))),
})

function panel(
  { decoder, label, overlays }: MapRow,
  power: number,
  largest: number,
  results: Results,
): Panel {
  const N = 2 ** power
  const at = { x: ({ k }: DimensionTask) => k, unit: 'dimension' } as const
  const drawn = (kind: Overlay['role']) =>
    overlays
      .filter(({ role }) => role === kind)
      .map(({ role, dimension, ...look }) => computedCurve(role, look, range(2, 102), (k) => dimension(N, k)))
  return {
    title: `${label}, N = 2${superscript(power)}`,
    x: { label: 'k', scale: 'linear', domain: [2, 102] },
    y: { label: 'd', scale: 'linear', domain: [largest / ROWS / 2, largest + largest / ROWS / 2] },
    layers: [
      heatMap(results, cellsOf(decoder, power, largest)),
      ...drawn('rule'),
      measuredCurve(d99, results, dimensionsOf(decoder, N, 0.99), at),
      measuredCurve(d50, results, dimensionsOf(decoder, N, 0.5), at),
      ...drawn('law'),
    ],
  }
}
