import Benchmark from 'benchmark'
import { inNotation } from '../src/results/number-text.js'

/** A duration as benchmark.js finds it: its mean and the relative half-width of its 95 % interval. */
export interface Timing {
  readonly seconds: number
  /** Relative, e.g. 0.02 for ±2 %. */
  readonly margin: number
  readonly samples: number
}

/** Time a step; for throughput results and ratios in one run, never for a verdict. */
export function time(step: () => void, { minSamples = 5, maxTime = 1 } = {}): Timing {
  const run = new Benchmark('', step, { minSamples, maxTime, initCount: 1 }).run()
  if (run.error) throw run.error
  return { seconds: run.stats.mean, margin: run.stats.rme / 100, samples: run.stats.sample.length }
}

/** One line of the benchmark report. */
export interface BenchResult {
  readonly id: string
  readonly what: string
  readonly value: number
  readonly unit: string
  /** Relative half-width of the 95 % interval of a timing. */
  readonly margin?: number
  /** What the result is meant to reach. */
  readonly bar?: { readonly atLeast?: number; readonly atMost?: number }
}

/** Whether a result reaches its bar; true where it has none. */
export const reaches = ({ value, bar }: BenchResult): boolean =>
  value >= (bar?.atLeast ?? -Infinity) && value <= (bar?.atMost ?? Infinity)

/** A result in one line: value, unit, margin, what it is of, and its bar where it has one. */
export function resultLine(result: BenchResult): string {
  const { what, value, unit, margin, bar } = result
  const spread = margin === undefined ? '' : ` ± ${(100 * margin).toFixed(1)} %`
  const aim = bar && (bar.atLeast === undefined ? `at most ${bar.atMost}` : `at least ${bar.atLeast}`)
  const reached = aim ? `  (${reaches(result) ? 'reaches' : 'MISSES'} ${aim} ${unit})` : ''
  return `${value.toPrecision(4).padStart(9)} ${unit}${spread}  ${inNotation(what)}${reached}`
}
