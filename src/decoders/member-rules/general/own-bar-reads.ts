import { COARSE, type RateClass, rateClasses } from '../../../bounds/general/rate-classes.js'
import { logRatioOf, scoreAt } from '../../../bounds/map-boundary.js'
import { parseActivity } from '../../../codes/model/activity.js'
import { type ModelDescription, modelId } from '../../../codes/model/description.js'
import type { Shape } from '../../../codes/model.js'
import { exponential, logOddsAgainstRate } from '../../../numerics/exp.js'
import { lastValue } from '../../../numerics/last-value.js'
import { logComplement } from '../../../statistics/rare-count.js'
import type { GeneralDraw, Reads } from './reads.js'

/** Bars that are computed; between two of them a line is drawn. */
const BARS = 400

interface Bars {
  readonly classes: readonly RateClass[]
  readonly logRatio: (s: number) => number
  /** The bar of a codeword of this rate. */
  bar(rate: number): number
}

const kept = lastValue<Bars>()

/**
 * Reading by a bar for each frequency: i is chosen iff the likelihood ratio of its score is at least (1 − p_i)/p_i.
 * Class by class of codewords that are active equally often; members are taken out of theirs.
 * @param rates of the members
 */
export function ownBarReads({ scores, law, shape, model }: GeneralDraw, rates: Float64Array): Reads {
  const { classes, logRatio, bar } = barsOf(shape, model)
  const cross = (rate: number) => Math.min(1, exponential(law.logTail(bar(rate) * shape.d)))
  let [hits, falsePositives, logNone] = [0, 0, 0]
  for (const { rate, count } of classes) {
    const q = cross(rate)
    falsePositives += count * q
    logNone += count * logComplement(q)
  }
  scores.forEach((score, m) => {
    const q = cross(rates[m])
    falsePositives -= q
    logNone -= logComplement(q)
    hits += Number(logRatio(score / shape.d) >= logOddsAgainstRate(rates[m]))
  })
  return {
    exact: hits === scores.length ? exponential(Math.min(0, logNone)) : 0,
    hits,
    falsePositives: Math.max(0, falsePositives),
  }
}

function barsOf(shape: Shape, model: ModelDescription): Bars {
  return kept([shape.N, shape.k, shape.d, modelId(model)].join(), () => computed(shape, model))
}

function computed(shape: Shape, { noise, amplitudes, active }: ModelDescription): Bars {
  const classes = rateClasses(parseActivity(active), shape.N, shape.k, COARSE)
  const logRatio = logRatioOf(shape, noise, amplitudes)
  const odds = classes.map(({ rate }) => logOddsAgainstRate(rate))
  // The rarest class is a node inside of its range: a codeword at the end of it is rarer.
  const [least, most] = [Math.min(...odds), Math.max(...odds) + 1]
  const step = (most - least) / (BARS - 1)
  const bars = Array.from({ length: BARS }, (_, j) => scoreAt(logRatio, least + j * step))
  return {
    classes,
    logRatio,
    bar(rate) {
      const at = Math.max(0, Math.min(BARS - 1, (logOddsAgainstRate(rate) - least) / step))
      const below = Math.min(BARS - 2, Math.floor(at))
      return bars[below] + (at - below) * (bars[below + 1] - bars[below])
    },
  }
}
