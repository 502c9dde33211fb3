import * as Plot from '@observablehq/plot'
import type { Plan, PlannedBound } from '../../bounds/plan.js'
import { digitsText, dimensionText, inNotation, intervalText } from '../../results/number-text.js'
import { asImage } from './chart.js'
import type { Measured } from './measured.js'
import { decoderLabel, kindMarks, rungLabel } from './names.js'

/** Dims per bit beyond which a statement is left to the table. */
const FARTHEST = 40

const kinds = kindMarks.map(({ kind }) => kind)

/**
 * Every statement of a plan on one axis of dims per bit, a rung per decoder, with the dimension asked about as a
 * line.
 */
export function ladder(plan: Plan, width: number, measured: readonly Measured[], d?: number): Element {
  const rows = plan.bounds.filter(
    ({ dimsPerBit, reason }) =>
      dimsPerBit !== null && dimsPerBit > 0 && dimsPerBit <= FARTHEST && reason === undefined,
  )
  const rungs = rungsOf(rows)
  const asked = d === undefined ? [] : [{ d, x: d / plan.entropyBits }]
  const shown = measured.filter(({ decoder }) => rungs.includes(decoderLabel(decoder)))
  const values = [...rows.map(({ dimsPerBit }) => dimsPerBit!), ...asked.map(({ x }) => x)]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const chart = Plot.plot({
    width,
    height: 64 + 30 * rungs.length,
    marginLeft: 138,
    marginRight: 18,
    marginTop: 26,
    marginBottom: 40,
    style: { fontSize: '12px', fontFamily: 'var(--sans)', overflow: 'visible' },
    x: {
      type: 'log',
      label: 'dims per bit, d / H →',
      grid: true,
      ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20].filter((tick) => tick >= low && tick <= high),
      inset: 10,
      tickFormat: String,
    },
    y: { domain: rungs, label: null, tickSize: 0 },
    symbol: { domain: kinds, range: kindMarks.map(({ symbol }) => symbol) },
    color: {
      domain: kinds,
      range: ['var(--refuted)', 'var(--proved)', 'var(--ink)', 'var(--erratum)', 'var(--muted)'],
    },
    marks: [
      Plot.ruleY(rungs, { y: (rung) => rung, stroke: 'var(--line)' }),
      ...askedMarks(asked),
      measuredMark(shown),
      statementMark(rows),
    ],
  })
  return asImage(chart, 'Dims per bit that each decoder needs')
}

/** The decoders' labels, in the order of the least dims per bit that is said of each. */
function rungsOf(rows: readonly PlannedBound[]): string[] {
  const lowest = (label: string) =>
    Math.min(...rows.filter((row) => rungLabel(row) === label).map((row) => row.dimsPerBit!))
  const labels = new Set(rows.map(rungLabel))
  return [...labels].sort((a, b) => lowest(a) - lowest(b))
}

/** A dimension, and where it stands on the axis. */
interface Asked {
  readonly d: number
  readonly x: number
}

const askedMarks = (asked: readonly Asked[]) => [
  Plot.ruleX(asked, { x: 'x', stroke: 'var(--accent)', strokeWidth: 2 }),
  Plot.text(asked, {
    x: 'x',
    frameAnchor: 'top',
    dy: -14,
    fill: 'var(--accent)',
    fontWeight: 600,
    text: ({ d }: Asked) => `d = ${dimensionText(d)}`,
  }),
]

const measuredMark = (measured: readonly Measured[]) =>
  Plot.dot(measured, {
    x: 'dimsPerBit',
    y: ({ decoder }: Measured) => decoderLabel(decoder),
    stroke: 'var(--accent)',
    strokeWidth: 2,
    r: 9,
    title: ({ dimension, dimensionInterval }: Measured) =>
      `measured at even odds: d = ${dimensionText(dimension)}, interval ${intervalText(dimensionInterval, 1)}`,
  })

const statementMark = (rows: readonly PlannedBound[]) =>
  Plot.dot(rows, {
    x: 'dimsPerBit',
    y: rungLabel,
    symbol: 'kind',
    fill: 'kind',
    r: 5,
    tip: { maxRadius: 30, lineWidth: 26, format: { x: false, y: false, symbol: false, fill: false } },
    title: ({ kind, dimension, dimsPerBit, statement, source }: PlannedBound) =>
      `d = ${dimensionText(dimension!)} · ${digitsText(dimsPerBit!, 3)} dims per bit · ` +
      `${kind}\n${inNotation(statement)}\n${source}`,
  })
