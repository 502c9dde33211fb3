import { pursuitRule } from '../bounds/mp-rules.js'
import { endsToDigits, toDigits } from '../numerics/round.js'
import type { Curve, HeatMap, Ink, Panel } from '../results/figure.js'
import { superscript } from '../results/number-text.js'
import type { DimensionTask, RateTask, Results } from '../success/estimation/run-tasks.js'
import { computedCurve, type Look, measuredCurve, range } from './layers.js'

/** A rule or law drawn over a map. */
export interface Overlay extends Look {
  readonly role: 'rule' | 'law'
  readonly dimension: (N: number, k: number) => number
}

/** The rule of so many dimensions per bit of the approximated entropy, k log2(eN/k). */
export const pursuitOverlay = (factor: number, name: string, ink: Ink): Overlay => ({
  role: 'rule',
  name,
  ink,
  dimension: (N, k) => pursuitRule(N, k, factor),
})

/** Success over k and d, of one decoder at one N. */
export interface SuccessMap {
  readonly decoder: string
  readonly power: number
  /** Middles of the columns and the rows, evenly spaced. */
  readonly ks: readonly number[]
  readonly ds: readonly number[]
  /**
   * Roughly where success sets in: cells within a factor of `width` of it, 2 unless given, have `near` trials, the
   * others `far`.
   */
  readonly centre: (N: number, k: number) => number
  readonly width?: number
  readonly near: number
  readonly far: number
  readonly overlays: readonly Overlay[]
  /** Values of k at which d50 is measured, and those at which d99 is; none unless given. */
  readonly measured?: { readonly 0.5: readonly number[]; readonly 0.99: readonly number[] }
}

/** Half-widths of the intervals of d50 and d99, relative. */
export const PRECISION = { 0.5: 0.06, 0.99: 0.2 } as const
type Target = keyof typeof PRECISION

const d50: Look = { name: 'measured d50', ink: 'ink' }
const d99: Look = { name: 'measured d99', ink: 'ink', dash: 'dashed' }

export const dimensionsAt = (
  decoder: string,
  N: number,
  ks: readonly number[],
  target: 0.5 | 0.99,
): DimensionTask[] => ks.map((k) => ({ decoder, N, k, target, precision: PRECISION[target as Target] }))

/** What has to be run for these maps. */
export const mapsWork = (maps: readonly SuccessMap[]) => ({
  rates: maps.flatMap((map) => columnsOf(map).flat()),
  dimensions: maps.flatMap(({ decoder, power, measured }) =>
    ([0.5, 0.99] as const).flatMap((target) =>
      dimensionsAt(decoder, 2 ** power, measured?.[target] ?? [], target),
    ),
  ),
})

const columnsOf = ({ decoder, power, ks, ds, centre, width = 2, near, far }: SuccessMap): RateTask[][] =>
  ks.map((k) => {
    const N = 2 ** power
    const middle = centre(N, k)
    return ds.map((d) => ({
      decoder,
      N,
      k,
      d,
      trials: d > middle / width && d < middle * width ? near : far,
    }))
  })

/** The panel of a map: the rules over it, what was measured on top, and the laws as a thin line on that. */
export function mapPanel(map: SuccessMap, title: string, results: Results): Panel {
  const { decoder, power, ks, ds, measured } = map
  const N = 2 ** power
  const x = sides(ks)
  const curve = (look: Look, target: Target) =>
    measuredCurve(
      look,
      results,
      dimensionsAt(decoder, N, measured![target], target),
      'dimension',
      ({ k }) => k,
    )
  return {
    title: `${title}, N = 2${superscript(power)}`,
    x: { label: 'k', scale: 'linear', domain: x },
    y: { label: 'd', scale: 'linear', domain: sides(ds) },
    layers: [
      heatMap(map, results),
      ...overlays(map, 'rule', x),
      ...(measured ? [curve(d99, 0.99), curve(d50, 0.5)] : []),
      ...overlays(map, 'law', x),
    ],
  }
}

function heatMap(map: SuccessMap, results: Results): HeatMap {
  const tasks = columnsOf(map)
  const rates = tasks.map((column) => column.map((task) => results.rate(task)))
  return {
    kind: 'heat',
    name: 'measured success rate, 0 to 1',
    x: map.ks,
    y: map.ds,
    values: rates.map((column) => column.map(({ rate }) => toDigits(rate, 4))),
    intervals: rates.map((column) => column.map(({ interval }) => endsToDigits(interval, 4))),
    trials: tasks.map((column) => column.map(({ trials }) => trials)),
  }
}

const overlays = (map: SuccessMap, kind: Overlay['role'], [from, to]: readonly [number, number]): Curve[] =>
  map.overlays
    .filter(({ role }) => role === kind)
    .map(({ role, dimension, ...look }) =>
      computedCurve(role, look, range(Math.ceil(from), to), (k) => dimension(2 ** map.power, k)),
    )

/** The outer borders of evenly spaced cells with these middles. */
function sides(middles: readonly number[]): readonly [number, number] {
  const half = (middles[1] - middles[0]) / 2
  return [middles[0] - half, middles.at(-1)! + half]
}
