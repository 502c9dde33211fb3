import { clip } from '../../numerics/clip.js'
import { logOddsAgainstRate } from '../../numerics/exp.js'
import type { ScalarChannel } from './scalar-channel.js'

/** A bar on the score of a codeword. */
export interface Cut {
  readonly bar: number
  /** Share of the active below it. */
  readonly missRate: number
}

/** The bar of each rate. */
export type CutOf = (rate: number) => Cut

/** Posterior log odds between which bars are looked for. */
export const MOST_ODDS = 30
/** Log odds from one computed bar to the next, where there are many. */
const STEP = 0.25

/** One bar on all scores. */
export function oneBar(channel: ScalarChannel, bar: number): CutOf {
  const cut = { bar, missRate: channel.missRate(bar) }
  return () => cut
}

/** Bars at which posterior log odds pass a value within ±MOST_ODDS, for one of the rates given. */
export function posteriorBars(channel: ScalarChannel, rates: readonly number[]): (odds: number) => CutOf {
  if (rates.length === 1) return (odds) => oneBar(channel, channel.barAt(logOddsAgainstRate(rates[0]) + odds))
  let cutAt: ((x: number) => Cut) | undefined
  return (odds) => {
    const low = logOddsAgainstRate(Math.max(...rates)) - MOST_ODDS
    const high = logOddsAgainstRate(Math.min(...rates)) + MOST_ODDS
    cutAt ??= interpolated(channel, low, high)
    const at = cutAt
    return (rate) => at(logOddsAgainstRate(rate) + odds)
  }
}

/** Cuts by their log ratio, from a table by cubic interpolation. */
function interpolated(channel: ScalarChannel, low: number, high: number): (x: number) => Cut {
  const size = Math.ceil((high - low) / STEP) + 2
  const [bars, barSlopes, misses, missSlopes] = Array.from({ length: 4 }, () => new Float64Array(size))
  let bar = channel.barAt(low)
  for (let i = 0; i < size; i++) {
    bar = channel.barAt(low + i * STEP, bar)
    const slopes = channel.slopes(bar)
    bars[i] = bar
    misses[i] = channel.missRate(bar)
    barSlopes[i] = STEP / slopes.logRatio
    missSlopes[i] = (STEP * slopes.miss) / slopes.logRatio
  }
  return (x) => {
    const i = Math.min(size - 2, Math.max(0, Math.floor((x - low) / STEP)))
    const t = (x - low) / STEP - i
    return {
      bar: hermite(bars, barSlopes, i, t),
      missRate: clip(hermite(misses, missSlopes, i, t)),
    }
  }
}

function hermite(values: Float64Array, slopes: Float64Array, i: number, t: number): number {
  const u = 1 - t
  return (
    u * u * ((1 + 2 * t) * values[i] + t * slopes[i]) +
    t * t * ((1 + 2 * u) * values[i + 1] - u * slopes[i + 1])
  )
}
