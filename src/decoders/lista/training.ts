import { statisticalDimension } from '../../bounds/statistical-dimension.js'
import { batched } from '../../codes/batched-dictionary.js'
import { drawTrial } from '../../codes/trial.js'
import { toDecimals } from '../../numerics/round.js'
import type { ListaLayer, Sparse } from './layer.js'
import { ForwardPass } from './network.js'

/** A code that is known, on its way through the layers. */
interface Sample {
  readonly members: ReadonlySet<number>
  readonly activation: ForwardPass
  /** Fᵀr. */
  scores: Float64Array
  correlate(residual: Float64Array): Float64Array
}

/** What the committed layers were learned from, and how many they are. */
export const [SEED, SAMPLES, LAYERS] = ['lista', 128, 20] as const

/** Sizes that training codes have, in turn; d is MARGIN times the statistical dimension over y ≥ 0. */
const SHAPES = [
  { N: 1024, k: 8 },
  { N: 1024, k: 24 },
  { N: 4096, k: 16 },
  { N: 4096, k: 48 },
]
const MARGIN = 1.25

/** Where the search for a layer starts, and the relative strides that it goes from and ends at. */
const FIRST: ListaLayer = { step: 1, threshold: 1, keep: 2 }
const [LONGEST, SHORTEST] = [0.4, 0.01]

/** Training codes from the seed. */
export function drawSamples(seed: string, count: number): Sample[] {
  return Array.from({ length: count }, (_, n) => {
    const { N, k } = SHAPES[n % SHAPES.length]
    const d = Math.round(MARGIN * statisticalDimension(N, k, 1).dimension)
    const { problem, subset } = drawTrial({ N, k, d }, seed, n)
    const many = batched(problem.dictionary)
    return {
      members: new Set(subset),
      activation: new ForwardPass(many, problem.code, k),
      scores: many.correlate(problem.code),
      correlate: (residual) => many.correlate(residual),
    }
  })
}

/**
 * Train layers one after another: each is the one that brings the samples nearest to their subsets in the mean, ‖y −
 * Y‖²/k, given those before it. A pattern search over (step, threshold, keep), without randomness.
 */
export function* trainLayers(samples: readonly Sample[]): Generator<{ layer: ListaLayer; error: number }> {
  for (let layer = FIRST; ; ) {
    const error = (candidate: ListaLayer) =>
      samples.reduce(
        (sum, { members, activation, scores }) =>
          sum + distance(activation.through(candidate, scores), members),
        0,
      ) / samples.length
    let least = error(layer)
    for (let stride = LONGEST; stride > SHORTEST; ) {
      const candidates = around(layer, 1 + stride)
      const errors = candidates.map(error)
      const best = Math.min(...errors)
      if (best < least) {
        layer = candidates[errors.indexOf(best)]
        least = best
      } else stride /= 2
    }
    layer = { step: rounded(layer.step), threshold: rounded(layer.threshold), keep: rounded(layer.keep) }
    for (const sample of samples) {
      sample.activation.advance(layer, sample.scores)
      sample.scores = sample.correlate(sample.activation.residual)
    }
    yield { layer, error: least }
  }
}

function around({ step, threshold, keep }: ListaLayer, factor: number): ListaLayer[] {
  return [factor, 1 / factor].flatMap((f) => [
    { step: f * step, threshold, keep },
    { step, threshold: f * threshold, keep },
    { step: f * step, threshold: f * threshold, keep },
    { step, threshold, keep: Math.max(1, f * keep) },
  ])
}

/** ‖y − Y‖²/k. */
function distance({ indices, values }: Sparse, members: ReadonlySet<number>): number {
  let square = members.size
  for (let m = 0; m < indices.length; m++) {
    square += values[m] ** 2 - (members.has(indices[m]) ? 2 * values[m] : 0)
  }
  return square / members.size
}

const rounded = (x: number): number => toDecimals(x, 4)
