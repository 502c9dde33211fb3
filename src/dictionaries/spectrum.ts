import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import type { Steps } from '../io/slices.js'
import { eigenSteps } from '../numerics/symmetric-eigen.js'
import type { Passes } from './passes.js'

/** What the d × d sum Σ f fᵀ of unit codewords says of all pairs of them. */
export interface Spectrum {
  /** Eigenvalues of Σ f fᵀ/N, descending: shares of the energy, which sum to 1. */
  readonly eigenvalues: Float64Array
  /** (Σ λ)²/Σ λ², between 1 and d: how many directions share the energy. */
  readonly participationRatio: number
  /** The mean of ⟨f_i, f_j⟩² over distinct pairs. */
  readonly interference: number
}

/**
 * The spectra of the unit codewords as they are, and of those with the mean taken off and made unit again; the latter
 * is undefined where a codeword is the mean.
 */
export function* spectra({ plain, centred, N, d }: SecondMoments): Steps<Spectra> {
  const first = yield* spectrumOf(plain, N, d)
  return { plain: first, centred: centred && (yield* spectrumOf(centred, N, d)) }
}

interface Spectra {
  readonly plain: Spectrum
  readonly centred: Spectrum | undefined
}

/** Of N unit codewords in d dimensions, Σ f fᵀ as they are, and with the mean taken off. */
export interface SecondMoments {
  readonly plain: Float64Array
  readonly centred: Float64Array | undefined
  readonly N: number
  readonly d: number
}

/**
 * What the spectra are of, in two passes over the codewords.
 *
 * @param scales 1/‖f_i‖, 0 for a codeword that is left out
 */
export async function secondMoments(
  dictionary: Float32Dictionary,
  scales: Float64Array,
  passes: Passes,
): Promise<SecondMoments> {
  const { dimension: d } = dictionary
  const kept = scales.map((scale) => (scale > 0 ? 1 : 0))
  const N = kept.reduce((sum, one) => sum + one, 0)
  const mean = dictionary.combine([...scales.keys()], scales).map((entry) => entry / N)
  const plain = await passes.products(scales, kept, new Float64Array(d))
  const along = dictionary.correlate(mean)
  const square = mean.reduce((sum, entry) => sum + entry * entry, 0)
  // ‖f − μ‖² of a unit codeword f; where it is nothing, the codeword is the mean, and leaves no direction.
  const rest = along.map((score, i) => 1 - 2 * scales[i] * score + square)
  if (rest.some((one, i) => kept[i] > 0 && !(one > SAME))) return { plain, centred: undefined, N, d }
  const weights = rest.map((one, i) => kept[i] / Math.sqrt(Math.max(one, SAME)))
  return { plain, centred: await passes.products(scales, weights, mean), N, d }
}

const SAME = 1e-9

function* spectrumOf(products: Float64Array, N: number, d: number): Steps<Spectrum> {
  let squares = 0
  for (const entry of products) squares += entry * entry
  const { values } = yield* eigenSteps(products, d, false)
  return {
    eigenvalues: values.map((value) => Math.max(0, value) / N).reverse(),
    participationRatio: N ** 2 / squares,
    interference: N > 1 ? Math.max(0, squares - N) / (N * (N - 1)) : 0,
  }
}
