import type { Coefficients } from '../lasso/objective.js'
import type { OptionRule } from '../options.js'

/** What one layer has learned. @since 0.2.0 */
export interface ListaLayer {
  /** How far it goes along Fᵀr. */
  readonly step: number
  /**
   * Its soft threshold, in units of the noise: the minimax threshold for k of N times the standard deviation of the
   * residual.
   */
  readonly threshold: number
  /** From how many thresholds on a value is kept as it is; at least 1. */
  readonly keep: number
}

/** What layers may be: any number of them. */
export const layerList: OptionRule<readonly ListaLayer[]> = {
  right: 'a list of {step, threshold, keep} with finite steps, finite thresholds ≥ 0 and keeps ≥ 1',
  accepts: (value): value is readonly ListaLayer[] =>
    Array.isArray(value) &&
    value.every(
      (layer: Partial<ListaLayer> | null) =>
        Number.isFinite(layer?.step) &&
        Number.isFinite(layer?.threshold) &&
        layer!.threshold! >= 0 &&
        layer!.keep! >= 1,
    ),
}

/** A sparse y, indices ascending. */
export interface Sparse extends Coefficients {
  readonly indices: readonly number[]
  readonly values: readonly number[]
}

/** The layer on y and the scores Fᵀr: y + step·Fᵀr, softly thresholded but for what is kept, and cut to [0, 1]. */
export function applyLayer(
  { indices, values }: Sparse,
  scores: Float64Array,
  noise: number,
  layer: ListaLayer,
): Sparse {
  const bar = layer.threshold * noise
  const kept = layer.keep * bar
  const next: number[] = []
  const weights: number[] = []
  for (let i = 0, m = 0; i < scores.length; i++) {
    const value = (i === indices[m] ? values[m++] : 0) + layer.step * scores[i]
    if (value > bar) {
      next.push(i)
      weights.push(Math.min(1, value > kept ? value : value - bar))
    }
  }
  return { indices: next, values: weights }
}
